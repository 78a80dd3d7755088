from tests import world
def test_x(app):
    for who in ("binh","dung","mai","thu"):
        page = app(who, "report")
        print([e.value for e in page.exception], [m.value for m in page.markdown])
        assert not page.exception
