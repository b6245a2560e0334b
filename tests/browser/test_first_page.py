"""The running site answers a real browser."""


def test_the_running_site_shows_what_the_test_wrote(live_site, cast, page):
    live_site.sign_in(page, cast.ana)
    answer = page.goto(live_site.path("/ready/"))
    assert answer.ok
    assert '"database": "ok"' in page.content()
