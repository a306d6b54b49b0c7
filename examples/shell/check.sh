#!/usr/bin/env bash
# Any CI system: check what a branch changes, say what merging it would do, build the site.
#
#   ./check.sh [BASE]       BASE is the branch that will be merged into; origin/main where none is given
#   ./check.sh --all        check everything, as the main branch itself is
#
# Exit code 0: all is well. 1: something is wrong with a postmortem. 2: something is wrong with this set-up.
set -euo pipefail

base=${1:-origin/main}
reports=${REPORTS:-reports}
mkdir -p "$reports"

if [ "$base" != --all ]; then
  # A shallow clone lacks the base; the check would say what to fetch, and here it is fetched.
  if ! git rev-parse --verify --quiet --end-of-options "$base^{commit}" >/dev/null; then
    git fetch --quiet -- "${base%%/*}" "+refs/heads/${base#*/}:refs/remotes/$base"
  fi
  # Check, report and build judge what has changed since.
  export POSTMORTEMS_CHANGED_SINCE=$base
  postmortems report --strict >"$reports/report.md"
fi

status=0
postmortems check --strict \
  --format text --format "junit:$reports/junit.xml" --format "sarif:$reports/findings.sarif" || status=$?

# The build judges the same, and follows the links between all pages.
if [ "$status" -eq 0 ]; then
  NO_MKDOCS_2_WARNING=1 mkdocs build --strict --quiet
fi
exit "$status"
