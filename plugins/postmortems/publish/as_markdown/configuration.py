"""The configuration of the generated folder: what of a site's own `mkdocs.yml` any builder can use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import yaml

from postmortems.publish.as_markdown.page import plain_value

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

FILE = "mkdocs.yml"
OVERRIDES = "overrides"
_KEPT = ("site_name", "site_url", "site_description", "site_author", "copyright", "repo_url", "repo_name")
_HEAD = "# Written by `postmortems generate`: change the site's own configuration instead, and generate again.\n"


def configuration(config: MkDocsConfig, nav: list[Any]) -> str:
    """The text of the file. Pages are rendered, so that they need no extension and no plugin but these."""
    given: Mapping[str, Any] = config.user_configs[0] if config.user_configs else {}
    permalink = (config.mdx_configs.get("toc") or {}).get("permalink", False)
    theme = given.get("theme")
    theme = dict(theme) if isinstance(theme, Mapping) else {}
    theme["name"] = "material"
    if theme.pop("custom_dir", None):
        theme["custom_dir"] = OVERRIDES
    made = {
        **{key: value for key in _KEPT if (value := config[key])},
        "dev_addr": given.get("dev_addr"),
        "docs_dir": "docs",
        "use_directory_urls": config.use_directory_urls,
        "theme": theme,
        "plugins": ["search"],
        "markdown_extensions": ["attr_list", "md_in_html", {"toc": {"permalink": permalink}}],
        "extra_css": [str(sheet) for sheet in config.extra_css],
        "extra_javascript": [_script(script) for script in config.extra_javascript],
        "extra": given.get("extra"),
        "exclude_docs": "!/templates/\n",  # which MkDocs leaves out of a site
        "nav": nav,
    }
    kept = {key: value for key, value in made.items() if value not in (None, [], {})}
    return _HEAD + yaml.safe_dump(plain_value(kept), allow_unicode=True, sort_keys=False, width=120)


def _script(script: Any) -> Any:
    if isinstance(script, str):
        return str(script)
    options = {key: value for key in ("path", "type", "defer", "async") if (value := script.get(key))}
    return options if len(options) > 1 else options["path"]
