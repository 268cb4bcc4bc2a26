"""The only clock of the archive, so that a build can be repeated to the byte."""

import os
from datetime import UTC, datetime

from archive.errors import MisuseError


def now() -> str:
    """UTC time to the second as `2025-07-15T12:00:00Z`.

    `SOURCE_DATE_EPOCH` (seconds since 1970, reproducible-builds.org) fixes it.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        moment = datetime.now(UTC)
    else:
        try:
            moment = datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise MisuseError(
                f"SOURCE_DATE_EPOCH={epoch!r} is no number of seconds since 1970; unset it "
                "or give whole seconds."
            ) from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
