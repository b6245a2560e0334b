"""What can stand in the way of a start, said in one plain sentence that also says what to do."""


class StartupProblem(Exception):
    """The site cannot start. `str(problem)` is the whole message; nobody needs a traceback to act on it."""
