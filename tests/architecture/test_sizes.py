"""Nothing grows too large to be read in one go."""

from tests.architecture.tree import Source, product, read, templates

FILE_CAP = 300
FUNCTION_CAP = 40
CLASS_CAP = 18
TEMPLATE_CAP = 150
LISTS = {"community/events/verbs.py"}
"""One line for each thing that there is: looked up, not read, and kept on one page on purpose."""


def too_long(sources: list[Source], cap: int) -> list[str]:
    """Files over the cap."""
    return [f"{source.path}: {source.lines} lines" for source in sources if source.lines > cap]


def long_functions(sources: list[Source]) -> list[str]:
    """Functions over the cap, decorators and docstring included."""
    return [
        f"{source.path}: {function.name} has {function.end_lineno - function.lineno + 1} lines"
        for source in sources
        for function in source.functions()
        if function.end_lineno - function.lineno + 1 > FUNCTION_CAP
    ]


def large_classes(sources: list[Source]) -> list[str]:
    """Classes with more methods of their own than one can keep in mind."""
    return [
        f"{source.path}: {kind.name} has {count} methods"
        for source in sources
        for kind in source.classes()
        if (count := sum(hasattr(node, "args") for node in kind.body)) > CLASS_CAP
    ]


def test_no_file_is_longer_than_300_lines():
    written = [source for source in product() if str(source.path) not in LISTS]
    assert too_long([*written, *read("*.py", "tests"), *read("*.js", "static/js")], FILE_CAP) == []


def test_a_list_that_may_be_longer_is_nothing_but_a_list():
    lists = [source for source in product() if str(source.path) in LISTS]
    assert len(lists) == len(LISTS)
    assert not [function.name for source in lists for function in source.functions()]


def test_a_file_of_301_lines_is_found():
    assert too_long([Source("forums/long.py", "x = 1\n" * 301), Source("forums/short.py", "x = 1\n" * 300)], 300) == [
        "forums/long.py: 301 lines"
    ]


def test_no_function_is_longer_than_40_lines():
    assert long_functions(product()) == []


def test_a_function_of_41_lines_is_found():
    body = "def talks_too_much():\n" + "    x = 1\n" * 40
    assert long_functions([Source("forums/a.py", body)]) == ["forums/a.py: talks_too_much has 41 lines"]


def test_no_class_has_more_than_18_methods():
    assert large_classes(product()) == []


def test_a_god_class_is_found():
    body = "class God:\n" + "".join(f"    def miracle_{n}(self): ...\n" for n in range(19))
    assert large_classes([Source("forums/god.py", body)]) == ["forums/god.py: God has 19 methods"]


def test_no_template_is_longer_than_150_lines():
    assert too_long(templates(), TEMPLATE_CAP) == []


def test_most_files_are_short():
    lengths = sorted(source.lines for source in product() if source.lines > 1)
    assert lengths[len(lengths) // 2] <= 80
    assert lengths[len(lengths) * 9 // 10] <= 200
