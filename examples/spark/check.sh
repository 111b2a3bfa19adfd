#!/usr/bin/env bash
# Shows that Spark gives the bytes of a single run, also where a worker is killed. Needs pyspark, Java and a built ringwerk.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$PWD/${1:-target/release/ringwerk}
folder=${2:-fixtures/transcripts}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$folder" > "$work/lines" <<'PYTHON'
import json, sys
from pathlib import Path
root = Path(sys.argv[1]).resolve()
for path in sorted(path for path in root.rglob("*") if path.is_file()):
    print(json.dumps({"id": str(path.relative_to(root)), "path": str(path)}))
PYTHON
"$program" code --stdin --quiet --threads 1 < "$work/lines" | sed '$d' > "$work/single.jsonl"

python3 examples/spark/code.py "$folder" --program "$program" --out "$work/spark" 2> /dev/null
cat "$work"/spark/part-* > "$work/spark.jsonl"
cmp "$work/single.jsonl" "$work/spark.jsonl"
echo "two workers: the same $(wc -l < "$work/spark.jsonl") lines as a single run"

# A ringwerk that kills itself the first time, in the middle of its output.
cat > "$work/mortal" <<MORTAL
#!/usr/bin/env bash
if mkdir "$work/killed" 2> /dev/null; then
  "$program" "\$@" | head -n 3
  kill -9 \$\$
fi
exec "$program" "\$@"
MORTAL
chmod +x "$work/mortal"
python3 examples/spark/code.py "$folder" --program "$work/mortal" --out "$work/again" 2> /dev/null
cat "$work"/again/part-* > "$work/again.jsonl"
test -d "$work/killed"
cmp "$work/single.jsonl" "$work/again.jsonl"
echo "one worker killed: the same lines"
