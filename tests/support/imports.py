"""Which module loads which, and which of them go round in a circle."""

from collections.abc import Iterator

import grimp


def loads() -> dict[str, set[str]]:
    """What each module loads when it is the first to be loaded: what it names and the packages
    that stand above that, but not those above itself, which are being loaded already.
    """
    graph = grimp.build_graph("zabota", exclude_type_checking_imports=True)
    return {
        module: {
            found
            for named in graph.find_modules_directly_imported_by(module)
            for found in {named, *above(named)}
        }
        - {module, *above(module)}
        for module in graph.modules
    }


def above(module: str) -> Iterator[str]:
    """The packages a module lies in."""
    while "." in module:
        module = module.rpartition(".")[0]
        yield module


def circles(arrows: dict[str, set[str]]) -> list[set[str]]:
    """Groups of modules each of which leads to itself by way of the others."""
    rest = {module: set(named) for module, named in arrows.items()}
    # Whoever names none of those left, or is named by none of them, lies on no circle.
    while True:
        named = set().union(*rest.values()) if rest else set()
        kept = {module: found & rest.keys() for module, found in rest.items()}
        kept = {module: found for module, found in kept.items() if found and module in named}
        if kept == rest:
            break
        rest = kept
    found = []
    while rest:
        group, waiting = set(), {next(iter(rest))}
        while waiting:
            one = waiting.pop()
            group.add(one)
            waiting |= rest.get(one, set()) - group
        found.append(group)
        rest = {module: named for module, named in rest.items() if module not in group}
    return found
