"""The desk's pages."""

HTMX = {"HTTP_HX_REQUEST": "true"}


def test_dora_sees_what_waits_and_why(dora, item):
    page = dora.get("/desk/").content.decode()
    assert item.title in page
    page = dora.get(f"/desk/items/{item.pk}/").content.decode()
    assert "waited 0 of 60 min" in page
    assert "Answer ana (public)" in page
    assert "Note to team" in page
