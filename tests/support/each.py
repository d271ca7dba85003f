"""One test over many like things: each is looked at, and all that are wrong are named at once."""

from collections.abc import Callable, Sequence


def each[T](things: Sequence[T], named: Callable[[T], str]) -> Callable[..., Callable[[], None]]:
    """A check of one thing as a test of all of them. Some thousand tests of a millisecond cost a
    minute by being tests; here the check is all they cost.
    """

    def of(check: Callable[[T], None]) -> Callable[[], None]:
        def test() -> None:
            assert things, "there is nothing to look at"
            wrong = []
            for thing in things:
                try:
                    check(thing)
                except AssertionError as error:
                    wrong.append(f"{named(thing)}: {error}")
            assert not wrong, "\n".join(wrong)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        test.__module__ = check.__module__
        return test

    return of
