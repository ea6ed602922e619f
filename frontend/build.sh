#!/bin/sh
# Rebuilds static/vendor and tests/browser/vendor from the packages in package-lock.json.
# Needs Node, and for Plotly's styles a Chromium and the development environment ($PYTHON).
# docs/design.md says how to run it; whoever only runs the portal never needs it.
set -eu
cd "$(dirname "$0")"
modules=${NODE_MODULES:-node_modules}
python=${PYTHON:-../.venv/bin/python}
vendor=../static/vendor
tests=../tests/browser/vendor
uswds=$modules/@uswds/uswds

rm -rf "$vendor/uswds" "$vendor/plotly" "$tests"
mkdir -p "$vendor/uswds/img" "$vendor/plotly" "$tests"

"$modules/.bin/sass" --no-source-map --style=compressed --quiet-deps \
  --load-path="$uswds/packages" uswds.scss "$vendor/uswds/uswds.css"

# The theme's primary colours become variables, so an agency's brand needs no build.
sed -i.bak \
  -e 's/#005ea2/var(--brand,#005ea2)/g' \
  -e 's/#1a4480/var(--brand-dark,#1a4480)/g' \
  -e 's/#162e51/var(--brand-darker,#162e51)/g' \
  "$vendor/uswds/uswds.css"
rm "$vendor/uswds/uswds.css.bak"

# Only the images that the style sheet asks for.
grep -o 'url("img/[^"]*")' "$vendor/uswds/uswds.css" | sed 's/url("img\/\(.*\)")/\1/' | sort -u |
  while read -r image; do
    mkdir -p "$vendor/uswds/img/$(dirname "$image")"
    cp "$uswds/dist/img/$image" "$vendor/uswds/img/$image"
  done


cp "$modules/plotly.js-basic-dist-min/plotly-basic.min.js" "$vendor/plotly/plotly.js"
"$python" plotly_css.py "$vendor/plotly/plotly.js" "$vendor/plotly/plotly.css"

cp "$modules/axe-core/axe.min.js" "$tests/axe.min.js"
