//! The search page as its readers use it, in a real browser over the preview.

use crate::browser::desk;
use serde_json::Value;

const BOX: &str = "document.querySelector('#q')";
const STATUS: &str = "document.querySelector('.results [role=status]').textContent";
const DEBATE: &str = "debates/2012-12-20-human-trafficking/";
const SHEET: &str = "content/debates/2012-12-20-human-trafficking/policing.notes.yaml";

fn type_into(words: &str) -> String {
    format!("{BOX}.value = {}; {BOX}.dispatchEvent(new Event('input'))", Value::from(words))
}

#[test]
fn in_a_browser_words_are_found_marked_and_kept_in_the_address() {
    let Some(desk) = desk() else { return };
    let mut page = desk.open("search/?q=trafficking");
    page.until("document.querySelectorAll('.results li.card').length === 8");
    assert_eq!(page.value(STATUS), "Results: 8");
    assert_eq!(page.value("document.querySelector('.results mark').textContent"), "trafficking");
    assert_eq!(page.value("/^trafficking · Search( ·|$)/.test(document.title)"), true);
    let link = page
        .value("[...document.querySelectorAll('.results a')].find(a => a.hash.startsWith('#p8')).pathname");
    assert!(link.as_str().is_some_and(|link| link.contains(DEBATE)), "{link}");

    // A slip of the keyboard is offered its word; the address follows, and the way back works.
    page.value(&type_into("guidence"));
    let offer =
        "[...document.querySelectorAll('.offers button')].find(b => b.textContent.endsWith(' guidance'))";
    page.until(&format!("{offer} !== undefined"));
    page.value(&format!("{offer}.click()"));
    page.until("document.querySelectorAll('.results li.card').length === 5");
    assert_eq!(page.value("new URLSearchParams(location.search).get('q')"), "guidance");
    page.value("history.back()");
    page.until(&format!("{BOX}.value === 'guidence' && document.querySelector('.offers button') !== null"));

    // The word at fault is exchanged where it stands, whatever its accents, and no other.
    page.value(&type_into("“police guidence” guidéncé"));
    let offer =
        "[...document.querySelectorAll('.offers button')].filter(b => b.textContent.endsWith(' guidance'))";
    page.until(&format!("{offer}.length === 2"));
    page.value(&format!("{offer}[1].click()"));
    page.until(&format!("{BOX}.value === '“police guidence” guidance'"));

    // However often it is asked for, what comes next comes once.
    page.value(&type_into("the"));
    page.until("document.querySelectorAll('.results li.card').length === 10 && !document.querySelector('.more').disabled");
    page.value("{ const more = document.querySelector('.more'); more.click(); more.click() }");
    page.until("document.querySelectorAll('.results li.card').length > 10 && !document.querySelector('.more').disabled");
    assert_eq!(page.value("document.querySelectorAll('.results li.card').length"), 20);
    assert_eq!(
        page.value("new Set([...document.querySelectorAll('.results .card a')].map(a => a.href)).size"),
        20
    );

    // A search that fails leaves no other search's results.
    page.value("window.was = fetch; window.fetch = () => Promise.reject(new Error('down'))");
    page.value(&type_into("the debate:nowhere"));
    page.until(&format!("{STATUS}.includes('did not work')"));
    assert_eq!(page.value("document.querySelectorAll('.results li').length"), 0);
    page.value("window.fetch = window.was");

    // What can be chosen comes when somebody wants to choose.
    assert_eq!(page.value("document.querySelectorAll('[data-filter=topic] option').length"), 1);
    page.value("document.querySelector('.search summary').click()");
    page.until("document.querySelectorAll('[data-filter=topic] option').length > 1");

    // A control narrows what is typed.
    page.value(&type_into("police"));
    page.until(&format!("{STATUS}.startsWith('Results: ')"));
    page.value("{ const kind = document.querySelector('[data-filter=kind]'); kind.value = 'claim'; kind.dispatchEvent(new Event('change')) }");
    page.until("document.querySelector('.results .where').textContent.startsWith('Claim')");
    assert_eq!(page.value(&format!("{BOX}.value.trim()")), "police kind:claim");

    // What is typed stays text.
    page.value(&type_into("<img src=x onerror=document.title='no'> \"<b>"));
    page.until(&format!("{STATUS}.includes('onerror') || {STATUS}.includes('img')"));
    assert_eq!(page.value("document.querySelectorAll('main img, .results b').length"), 0);

    // A note that is saved is found at once.
    page.value(&type_into("zyzzyva"));
    page.until(&format!("{STATUS}.includes('zyzzyva')"));
    desk.edit(SHEET, |text| text.replacen("body: |\n", "body: |\n      A zyzzyva.\n", 1));
    page.until("fetch('index.json').then(r => r.json()).then(async ({ words }) => \
                (await Promise.all(words.map(([, hash]) => fetch(hash + '.txt').then(r => r.text())))).join().includes('zyzzyva'))");
    let mut again = desk.open("search/?q=zyzzyva");
    again.until("document.querySelectorAll('.results li.card').length === 1");
}

#[test]
fn in_a_browser_every_page_leads_to_the_search_and_a_debate_is_searched_where_it_stands() {
    let Some(desk) = desk() else { return };
    let mut page = desk.open(DEBATE);
    let action = page.value("new URL(document.querySelector('.search-box').action).pathname");
    assert_eq!(action, "/search/index.html");
    let loaded = "performance.getEntriesByType('resource').some(one => /search|find/.test(one.name))";
    assert_eq!(page.value(loaded), false, "nothing of it is loaded before it is used");
    // The script comes with the focus, and takes up what was typed meanwhile: in one step, or it may be there first.
    page.value("document.querySelector('.finding').open = true, document.querySelector('#find').focus(), document.querySelector('#find').value = 'the guid'");
    page.until("document.querySelector('.find output').textContent !== ''");
    let total = page.value("document.querySelector('.find output').textContent");
    assert!(total.as_str().is_some_and(|total| total.starts_with("0 of ")), "{total}");
    page.value("document.querySelector('.find button[name=next]').click()");
    page.until("document.querySelector('.find output').textContent.startsWith('1 of ') && CSS.highlights.has('here')");
    let words = page.value("[...CSS.highlights.get('here')][0].toString()");
    assert!(words.as_str().is_some_and(|words| words.to_lowercase().starts_with("the guid")), "{words}");
    assert_eq!(
        page.value("document.querySelectorAll('#p12 *:not(mark)').length"),
        0,
        "nothing is put into the record"
    );
    // What is switched off is not there to be found.
    let total = "+document.querySelector('.find output').textContent.split(' ').pop()";
    let before = page.value(total).as_u64();
    page.value("document.querySelectorAll('.note').forEach(note => note.hidden = true)");
    page.value("document.querySelector('#find').dispatchEvent(new Event('input'))");
    page.until(&format!("{total} < {}", before.expect("a number")));
}
