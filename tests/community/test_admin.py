"""The administration holds furniture only."""

from community.routes import routes


def test_no_secret_session_or_job_can_be_edited_in_the_administration():
    names = [route.name for route in routes() if route.name.startswith("admin:")]
    packages = ("auth", "account", "mfa", "usersessions", "socialaccount", "procrastinate")
    hidden = tuple(f"admin:{package}_" for package in packages)
    assert [name for name in names if name.startswith(hidden)] == []
