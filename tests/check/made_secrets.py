"""Made-up secrets of every kind, put together at run time: none of them stands in a file, where a scanner would see it."""

from __future__ import annotations

import base64
import json
import string
from collections.abc import Callable, Mapping
from random import Random

_ALNUM = string.ascii_letters + string.digits
_URL_SAFE = _ALNUM + "-_"
_HEX = "0123456789abcdef"


def _draw(random: Random, length: int, alphabet: str = _ALNUM) -> str:
    # A letter and a digit of each sort first, or one draw in a hundred would look like a word.
    sure = [random.choice([letter for letter in alphabet if test(letter)] or [*alphabet]) for test in _SORTS]
    return "".join([*sure, *(random.choice(alphabet) for _ in range(length))])[:length]


_SORTS: tuple[Callable[[str], bool], ...] = (str.isupper, str.isdigit, str.islower)


def _jwt(random: Random) -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": "7", "scope": _draw(random, random.randint(1, 1500))})
    texts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*texts, _draw(random, 43, _URL_SAFE)])


_MAKERS: Mapping[str, Callable[[Random], tuple[str, str, str]]] = {
    "an AWS access key": lambda r: ("", "AK" + "IA" + _draw(r, 16, string.ascii_uppercase + "234567"), ""),
    "an AWS secret": lambda r: ("aws_secret_access_key = '", _draw(r, 40, _ALNUM + "/+"), "'"),
    "an Azure storage key": lambda r: ("", "AccountKey=" + _draw(r, 86, _ALNUM + "+/") + "==", ";"),
    "a password in an address": lambda r: ("postgres://app:", _draw(r, r.randint(5, 30)), "@db-1.prod.internal/app"),
    "a Discord bot token": lambda r: (
        "",
        "M" + ".".join(_draw(r, length, _URL_SAFE) for length in (23, 6, 27)),
        "",
    ),
    "a GitHub token": lambda r: ("", r.choice(["gh" + letter for letter in "pousr"]) + "_" + _draw(r, 36), ""),
    "a GitHub token of the finer kind": lambda r: ("", "github" + "_pat_" + _draw(r, 22) + "_" + _draw(r, 59), ""),
    "a GitLab token": lambda r: ("", r.choice(["glp" + "at", "gld" + "t"]) + "-" + _draw(r, 20, _URL_SAFE), " "),
    "a GitLab runner token": lambda r: ("", "GR13" + "48941" + _draw(r, 20, _URL_SAFE), " "),
    "a Google API key": lambda r: ("key=", "AI" + "za" + _draw(r, 35, _URL_SAFE), ""),
    "a JSON Web Token": lambda r: ("Bearer ", _jwt(r), ""),
    "a Mailchimp key": lambda r: ("", _draw(r, 32, _HEX) + "-us12", ""),
    "an npm token": lambda r: ("//registry.example/:_authToken=", "npm" + "_" + _draw(r, 36), ""),
    "an npm token alone": lambda r: ("", "npm" + "_" + _draw(r, 36), ""),
    "an OpenAI key": lambda r: ("", "s" + "k-" + _draw(r, 20) + "T3Blb" + "kFJ" + _draw(r, 20), ""),
    "a private key": lambda r: ("-----", "BEGIN RSA PRIVATE" + " KEY-----" + _draw(r, 64), ""),
    "a PyPI token": lambda r: ("", "pypi-" + "AgEIcHlwaS5vcmc" + "CJD" + _draw(r, 120, _URL_SAFE), ""),
    "a SendGrid key": lambda r: ("", "SG" + "." + _draw(r, 22, _URL_SAFE) + "." + _draw(r, 43, _URL_SAFE), ""),
    "a Slack token": lambda r: (
        "",
        "xox" + "b-" + "-".join(_draw(r, 12, "123456789") for _ in "ab") + "-" + _draw(r, 24),
        "",
    ),
    "a Slack app token": lambda r: (
        "",
        "xa"
        + "pp-1-"
        + _draw(r, 11, string.ascii_uppercase + "123")
        + "-"
        + _draw(r, 13, "12345")
        + "-"
        + _draw(r, 64, _HEX),
        "",
    ),
    "a Slack webhook": lambda r: (
        "",
        "https://hooks.slack" + f".com/services/T{_draw(r, 8).upper()}/B{_draw(r, 10).upper()}/{_draw(r, 24)}",
        "",
    ),
    "a Slack webhook whose scheme was cut": lambda r: (
        "https:/",
        "hooks.slack" + f".com/services/T{_draw(r, 8).upper()}/B{_draw(r, 10).upper()}/{_draw(r, 24)}",
        "",
    ),
    "a bearer's token": lambda r: ("Authorization: Bearer ", _draw(r, r.randint(10, 200)), ""),
    "a bearer's token alone": lambda r: ("sent bearer ", _draw(r, r.randint(20, 200)), ""),
    "a name and a password": lambda r: (
        "'authorization': 'Basic ",
        base64.b64encode(f"app:{_draw(r, r.randint(8, 30))}".encode()).decode(),
        "'",
    ),
    "a token in an address": lambda r: (
        "https://shop.internal/reset?lang=en&token=",
        _draw(r, r.randint(8, 100)),
        "&x=1",
    ),
    "a signature in an address": lambda r: ("/backup.tar?X-Amz-Signature=", _draw(r, 64, _HEX), "&X-Amz-Date=1"),
    "a session in a header": lambda r: ("Set-Cookie: shop_sid=", _draw(r, r.randint(12, 200)), "; Path=/"),
    "a session among cookies": lambda r: ("cookie: theme=dark; JSESSIONID=", _draw(r, 32, "0123456789ABCDEF"), ""),
    "a session by its name": lambda r: ("sent _shop_session=", _draw(r, r.randint(12, 200)), ";"),
    "a Square secret": lambda r: ("", "sq0" + "csp-" + _draw(r, 43, _URL_SAFE), " "),
    "a Stripe key": lambda r: ("", "s" + "k_live_" + _draw(r, 24), ""),
    "a Telegram bot token": lambda r: ("", _draw(r, 9, "123456789") + ":" + _draw(r, 35, _URL_SAFE), " "),
    "a Twilio key": lambda r: ("", "S" + "K" + _draw(r, 32, _HEX), ""),
    "a password by its name": lambda r: ("DB_PASSWORD=", _draw(r, r.randint(8, 40)), ""),
    "a key by its name": lambda r: ('"api_key": "', _draw(r, r.randint(12, 40)), '"'),
    "a password in JSON": lambda r: (r'"https:\/\/app:', _draw(r, 12), r'@db.prod.internal\/x"'),
}

KINDS = tuple(_MAKERS)


def made_secret(kind: str, seed: int) -> tuple[str, str, str]:
    """What stands before a secret of this kind, the secret, and what stands behind it."""
    return _MAKERS[kind](Random(seed))
