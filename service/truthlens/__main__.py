"""`python -m truthlens` is the same as `truthlens`."""

from truthlens.cli import main

if __name__ == "__main__":
    main()
