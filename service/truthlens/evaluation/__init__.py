"""Behind `truthlens evaluate`: every number that the product shows to a reader comes from here."""
