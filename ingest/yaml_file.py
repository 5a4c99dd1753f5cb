"""YAML as plain data: the only door to its library."""

import yaml


class _Loader(yaml.SafeLoader):
    """YAML's safe loader, which also refuses a key that stands twice (YAML would keep the last)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Return a mapping, each key of it once."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    twice = f"{key.value!r} stands twice"
                    raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
                seen.add(key.value)
                # A title such as `2026` or `2026-01-03` is text.
                key.tag = "tag:yaml.org,2002:str"
        return dict(super().construct_mapping(node, deep))


def parse_yaml(text: str) -> object:
    """Lists, mappings with text as keys, and values.

    :raises ValueError: it is not YAML, says something twice, or is nested too deeply.
    """
    try:
        # A subclass of SafeLoader makes plain data only.
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
