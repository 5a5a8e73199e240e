#!/usr/bin/env bash
# A newcomer's hour: from the program alone in an empty folder to a published site, and a topic renamed.
#
#   RAPPORTEUR=target/release/rapporteur tests/newcomer/hour.sh > transcript.txt
#
# It prints each command with what it says, and ends with 1 where one doesn't end as it should.
set -u
program=$(cd "$(dirname "${RAPPORTEUR:?name the program}")" && pwd)/$(basename "$RAPPORTEUR")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

# Runs the program, says what it was asked and what it said, and holds it to an exit code.
run() {
    local wanted=$1
    shift
    printf '\n$ rapporteur'
    printf ' %q' "$@"
    printf '\n'
    "$program" "$@" 2>&1
    local got=$?
    if [ "$got" != "$wanted" ]; then
        echo "ended with $got instead of $wanted"
        exit 1
    fi
}

# Holds a file to having some words.
has() {
    grep -q -- "$2" "$1" || { echo "$1 has no: $2"; exit 1; }
}

cat > 2025-04-01-harbour-dues.txt <<'TEXT'
Ada Quill: The dues have doubled in two years. We will publish the accounts of the harbour by the end of June.

Bo Tanner: Nobody has seen these accounts. When the boats stay away there will be no dues at all.

Ada Quill: I hear the point about the boats.
TEXT

run 0 init site --yes --title "Harbour briefings" --from 2025-04-01-harbour-dues.txt
cd site || exit 1
debate=$(basename content/debates/*)
run 0 check
run 0 new topic "Harbour dues"
run 0 new note "$debate" --quote "The dues have doubled in two years" --kind claim --topic harbour-dues \
    --body "Which years is not said."
run 0 new note "$debate" --quote "We will publish the accounts of the harbour" --kind commitment --topic harbour-dues \
    --body "A promise with a month, and no year."
# A slip is found where it was made.
sed -i.old 's/The dues have doubled/The dues have trebled/' content/debates/"$debate"/new.notes.yaml
run 1 check
mv content/debates/"$debate"/new.notes.yaml.old content/debates/"$debate"/new.notes.yaml
run 0 check
run 0 list notes
run 0 todo

# The preview answers, and shows the drafts.
"$program" serve --port 0 > ../preview.txt 2>&1 &
preview=$!
address=
for _ in $(seq 100); do
    address=$(sed -n 's/.*\(http:[^ ]*\).*/\1/p' ../preview.txt | head -1)
    [ -n "$address" ] && break
    sleep 0.1
done
echo
echo "\$ rapporteur serve"
sed "s|$address|http://127.0.0.1:4000/|" ../preview.txt
if command -v curl > /dev/null; then
    curl -fsS "${address}debates/$debate/" > ../page.html || { kill "$preview"; exit 1; }
    has ../page.html "Which years is not said"
fi
kill "$preview"
wait "$preview"

# Drafts are not published until somebody approves them.
run 0 build
if grep -q "Which years" "output/debates/$debate/index.html"; then
    echo "a draft was published"
    exit 1
fi
run 0 review
for note in $(sed -n 's/^  \([a-z0-9-]*\):$/\1/p' content/debates/"$debate"/new.notes.yaml); do
    sed -i.old 's/status: draft/status: in-review/' content/debates/"$debate"/new.notes.yaml
    run 0 approve "$debate/$note" --by "Second reader"
done
rm -f content/debates/"$debate"/*.old
run 0 build --as-of today
has "output/debates/$debate/index.html" "Which years is not said"
has output/topics/harbour-dues/index.html "doubled in two years"

# What was published is kept: a topic with another name leads on.
run 0 ledger
run 0 rename topic harbour-dues dues
run 0 check --thorough --deny broken-link
run 0 build --as-of today --output ../public
has ../public/topics/harbour-dues/index.html "topics/dues/"
has ../public/topics/dues/index.html "doubled in two years"
echo
echo "done: the site is in a folder of plain files, $(find ../public -type f | wc -l | tr -d ' ') of them"
