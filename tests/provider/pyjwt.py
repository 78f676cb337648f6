"""A second opinion on tokens by PyJWT, used as its manual says a resource server should.

In: one line with what a token has to obey, then one token a line, all as JSON. Out: one verdict a line.
"""

import datetime
import json
import sys

import jwt
import jwt.api_jwt

demands = json.loads(sys.stdin.readline())


class Then(datetime.datetime):
    """PyJWT asks the system for the time; here it is told."""

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(demands["now"], tz)


jwt.api_jwt.datetime = Then

KEYS = [jwt.PyJWK(key) for key in demands["jwks"]["keys"]]


def key_of(header):
    """The key that a token names. PyJWT leaves the choice to who calls it."""
    kid = header.get("kid")
    fitting = [key for key in KEYS if key.key_id == kid] if kid is not None else KEYS
    fitting = [key for key in fitting if key.algorithm_name == header.get("alg")]
    if len(fitting) != 1:
        raise jwt.InvalidKeyError(f"{len(fitting)} keys fit")
    return fitting[0]


def verify(token):
    header = jwt.get_unverified_header(token)
    kind = header.get("typ")
    if not isinstance(kind, str) or kind.lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("typ")
    key = key_of(header)
    jwt.decode(
        token,
        key,
        algorithms=[key.algorithm_name],
        issuer=demands["issuer"],
        audience=demands["audience"],
        leeway=demands["skew"],
        options={"require": ["iss", "aud", "exp", "sub", "client_id", "iat", "jti"], "enforce_minimum_key_length": True},
    )


for line in sys.stdin:
    try:
        verify(json.loads(line))
        verdict = "accepted"
    except jwt.PyJWTError as error:
        verdict = f"{type(error).__name__}: {error}"
    except Exception as error:
        # It is not to be taken for a refusal: PyJWT broke.
        verdict = f"broken by {type(error).__name__}: {error}"
    print(json.dumps(verdict))
