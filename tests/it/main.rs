//! The one test program: an index of what is claimed about the program.

/// What was published is kept: a ledger, former addresses for servers, an output in other hands.
mod addresses;
/// Where an annotation lands, or why it must not: the shared cases, through the whole program.
mod anchoring;
/// Approvals are acts of their own, lapse with what was approved, and are never lost to a merge.
mod approvals;
/// Nobody is given another's words, or none of the record's.
mod attribution;
/// The preview in a real browser: pages are patched, mistakes shown and taken away.
mod browser;
/// The finished site is looked at, and what somebody should look at is said; only what is new, where asked.
mod check;
/// Every diagnostic code has a case that prints it, at a place, with help.
mod codes;
/// The demonstration is sound: the record verbatim, every link landing, nothing inline.
mod demo;
/// A site of one’s own: begun in an empty folder, found from any folder in it, sound from the start.
mod desk;
/// Lists say what the site holds, published or not, and what waits for somebody.
mod desk_list;
/// What is begun at the desk checks clean, is not public yet, and takes nobody’s place.
mod desk_new;
/// Two topics become one, sheets follow the record, and a build says what it left out.
mod desk_order;
/// A renaming takes along whatever refers to the name, and leaves the words of the record alone.
mod desk_rename;
/// Every command line that the documentation names is one that the program takes.
mod documented;
/// Addresses elsewhere are asked for politely, and break nothing.
mod external;
/// Input that means harm, or came to it by bad luck.
mod hostile;
/// Small files in every format, with every trap, are read as written down.
mod import;
/// Files become debates and people; a new revision carries ids and notes, or is refused.
mod importing;
/// After any edits, what is rebuilt is what a clean build makes.
mod incremental;
/// What a build keeps for the next run of the program gives the clean build, or is not used.
mod kept;
/// The language server says what `check` says, as one types, and offers names, words, places and changes.
mod language_server;
/// A page in the language of its debate, every word marked with its own.
mod languages;
/// Every package has a licence that is allowed.
mod licences;
/// What machines read: JSON-LD, feeds, the calendar.
mod machines;
/// What is read from a transcript, as text.
mod outline;
/// Lists go on on further pages; terms, parties and plain text are where a reader looks for them.
mod pages;
/// Speakers are people: named by lists and by their files, and made one where they are two.
mod people;
/// Pictures have names, numbers and marks that lead somewhere.
mod pictures;
/// A record printed in a format reads back as it was.
mod printing;
/// The real program, run as its user runs it.
mod program;
/// Nothing points at what readers can't see, and dates are judged on one day.
mod publication;
/// Every quotation in prose is compared or reported, wherever it stands and however it is typed.
mod quoting;
/// No word of a transcript is lost, added or moved, in the corpora and in made-up files.
mod record;
/// What the search page finds is what a plain scan finds, and nothing that readers may not see.
mod search;
/// Pages have a picture that is shown with shared links, and no title breaks it.
mod share_cards;
/// The slips of somebody new are said where they are, with what was probably meant.
mod slips;
/// Lines that look like a speaker's are reported by every name that the site knows; text forms lose nothing.
mod speakers;
/// The examples in `tests/spec` come out as written there.
mod spec;
/// Tables stay tables: in every format, on the page, in the data, and back again.
mod tables;
/// Themes are seen and copied from the program alone.
mod theme_pieces;
/// The source keeps its own rules: the order of the rooms, headers, length.
mod tidy;
/// The reference of the views that themes get is that of their types.
mod views;
/// Files of many debates are divided where they should be, and no word is lost or told twice.
mod volumes;
/// Notes as W3C Web Annotations point at the words that they are on.
mod web_annotations;
/// No word of an XML transcript is lost, against another parser.
mod xml_record;
