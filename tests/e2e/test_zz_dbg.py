import sys
from test_hostile_page import *
pytestmark=[]
def test_dbg(reader, canned, canary, tmp_path):
    (tmp_path / "control.html").write_text("<!doctype html><title>Control</title><p>x", "utf-8")
    control = reader.open((tmp_path / "control.html").as_uri())
    assert [kind for kind in KINDS if not reached(canary, control, kind)] == []
    control.close()
    marked(reader, put(canned, ["harmless"] * 41))
    panel = reader.panel()
    canary.forget()
    out=[]
    for kind in KINDS:
        b=canary.connections
        reached(canary,panel,kind)
        panel.wait_for_timeout(700)
        out.append((kind,canary.connections-b))
    print('DBG',[o for o in out if o[1]])
