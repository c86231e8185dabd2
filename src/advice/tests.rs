//! Every signal once, on small mails.

use super::signals::SIGNALS;
use super::*;
use crate::decode::Kind;
use crate::lint::{Linter, Policy};
use crate::rules::RuleSet;

/// A reply of `draft` to `theirs`, sent the day after at `hour`.
fn mail(draft: &str, theirs: &str, hour: &str) -> String {
    let quoted = theirs.lines().map(|line| format!("> {line}\n")).collect::<String>();
    format!(
        "From: Sam Fisk <sam@house.example>\nTo: Ada Moss <ada@moss.example>\nDate: Tue, 11 Mar 2025 {hour}:00 +0000\n\
         Subject: Re: the order\nContent-Type: text/plain; charset=utf-8\n\nDear Ada,\n\n{draft}\n\nSam\n\n\
         On Mon, 10 Mar 2025 09:12:00 +0000, Ada Moss <ada@moss.example> wrote:\n{quoted}"
    )
}

fn weigh_with(raw: &str, rewording: Option<&RewordingSummary>, key_account: bool) -> Advice {
    let message = Message::read(raw.as_bytes(), Kind::Eml).expect("our own mail");
    let (rules, policy) = (RuleSet::embedded(), Policy::default());
    let linter = Linter::new(&rules, &policy);
    let linted = linter.lint("draft.eml", &message);
    advise(&Context { rewording, key_account, ..Context::of(&message, &linted, &linter) })
}

fn weigh(raw: &str) -> Advice {
    weigh_with(raw, None, false)
}

fn names(advice: &Advice) -> Vec<&'static str> {
    advice.reasons.iter().map(|reason| reason.signal).collect()
}

/// Customers' words that set something going, for signals that only count beside others.
const CROSS: &str = "I am furious about the gate.";

#[test]
fn each_signal_is_read_from_its_words() {
    let seen = [
        ("news-loss", "The recordings could not be recovered.", "Hello."),
        ("news-grief", "We are sad to tell you that Max died on the table.", "Hello."),
        ("news-ending", "The blue range has been discontinued.", "Hello."),
        ("news-failure", "Your fee was charged twice in May.", "Hello."),
        ("news-refusal", "The appeal was not upheld.", "Hello."),
        ("news-price", "The rent moves from £400 to £520 in May.", "Hello."),
        ("news-money", "That leaves a shortfall of £900.", "Hello."),
        ("news-staff", "Our driver has a different recollection of the visit.", "Hello."),
        ("news-decision", "We have taken the decision to merge both classes.", "Hello."),
        ("news-delay", "The door needs another two weeks.", "Hello."),
        ("news-trouble", "There was a setback in the yard.", "Hello."),
        ("news-setback", "The band cannot come.", "Hello."),
        ("braces-reader", "I know this is hard to read.", "Hello."),
        ("more-news", "The recordings could not be recovered. The appeal was not upheld.", "Hello."),
        ("large-sum", "The balance owed is £14,000 for the year.", CROSS),
        ("regret", "I apologise.", CROSS),
        (
            "explains",
            "It was late. We had no van. The shop was shut. The crew were out. The road had been closed.",
            CROSS,
        ),
        (
            "house-voice",
            "We confirm our organisational responsibilities concerning installation and certification of equipment, \
             and our representatives continuously monitor performance across departments, suppliers, subcontractors \
             and neighbouring authorities. Our administration additionally undertakes comprehensive documentation \
             regarding maintenance, inspections, replacements, warranties, correspondence and accounting.",
            CROSS,
        ),
        ("compensation", "Here is a voucher for you.", CROSS),
        ("asks-for-call", "All good.", "Please ring me today."),
        ("leaving", "All good.", "We are looking at other suppliers."),
        ("threat", "All good.", "The next letter comes from my solicitor."),
        ("hurt", "All good.", "I was humiliated at the counter."),
        ("anger", "All good.", CROSS),
        ("repeated", "All good.", "This is the third time it leaks."),
        ("resignation", "All good.", "Never mind, I did it myself."),
        ("distrust", "All good.", "We have lost all confidence."),
        ("drift", "All good.", "It is not what it used to be."),
        ("hardship", "All good.", "I had to cancel two fittings."),
        ("standing", "All good.", "I recommended you to the whole street."),
        ("disappointment", "All good.", "You were meant to be here at six."),
        ("worry", "All good.", "I am terrified of the next storm."),
        ("hard-times", "All good.", "My father is in a hospice."),
        ("cold", "All good.", "I expect an explanation by return."),
        (
            "tells",
            "All good.",
            "The gate fell on the drive at noon and the cat ran off over the wall and then the man from the yard came \
             by and looked at it and drove away again.",
        ),
        ("hope", "The appeal was not upheld.", "We can't wait for Friday."),
        ("stakes", "The appeal was not upheld.", "We sign the lease on Friday."),
        ("chasing", "The appeal was not upheld.", "Any news on the gate?"),
        ("negations", "The appeal was not upheld.", "No gate. Nobody came."),
        ("defence", "All was done in accordance with the contract.", CROSS),
        ("form-letter", "Thank you for your feedback.", CROSS),
        ("sitting-on-it", "Sorry for the slow reply.", CROSS),
        ("unanswered-question", "All good.", "I am furious. Which colour is the garage?"),
        ("nothing-restated", "All good.", CROSS),
        ("no-next-step", "All good.", CROSS),
        ("solution-first", "I have refunded the fee.", CROSS),
        ("hands-over-tasks", "Please fill in the form.", CROSS),
        ("prevention", "From now on two people sign the list.", CROSS),
        ("invites-call", "Shall we talk at four?", CROSS),
        ("resolved", "I have refunded the fee.", CROSS),
        ("already-spoken", "Following our call this morning, the gate comes on Friday.", CROSS),
    ];
    for (signal, draft, theirs) in seen {
        let advice = weigh(&mail(draft, theirs, "10:00"));
        let reason = advice.reasons.iter().find(|reason| reason.signal == signal);
        assert!(reason.is_some(), "{signal} not read: {:?}", names(&advice));
        let told = reason.is_some_and(|r| r.source.is_some() != r.evidence.is_empty());
        assert!(told, "{signal} has words without a place, or a place without words");
    }
    let elsewhere = [
        "after-hours",
        "promise-past",
        "wrote-again",
        "rounds",
        "rewording",
        "key-account",
        "news-dearer",
        "news-later",
        "news-less",
        "other-topics",
    ];
    for signal in SIGNALS {
        let covered = elsewhere.contains(&signal.name) || seen.iter().any(|(name, ..)| *name == signal.name);
        assert!(covered, "{} is shown by no test", signal.name);
    }
}

#[test]
fn dates_alone_tell_some() {
    let late = weigh(&mail("All good.", CROSS, "22:40"));
    assert!(names(&late).contains(&"after-hours"), "{:?}", names(&late));
    assert_eq!(late.cooling, ["It is 22:40 where this is written."]);
    let theirs = format!(
        "{CROSS}\n\nOn Mon, 3 Mar 2025 10:00:00 +0000, Sam Fisk <sam@house.example> wrote:\n> We will be there by Friday."
    );
    let broken = weigh(&mail("All good.", &theirs, "10:00"));
    let reason = broken.reasons.iter().find(|r| r.signal == "promise-past").expect("the Friday is past");
    assert_eq!(reason.evidence, "We will be there by Friday.");
}

/// A reply of `draft` to `theirs`, which answers our `ours` of Monday 3 March.
fn after(ours: &str, theirs: &str, draft: &str) -> Advice {
    let ours = ours.lines().map(|line| format!("> {line}\n")).collect::<String>();
    let theirs = format!("{theirs}\n\nOn Mon, 3 Mar 2025 10:00:00 +0000, Sam Fisk <sam@house.example> wrote:\n{ours}");
    weigh(&mail(draft, &theirs, "10:00"))
}

#[test]
fn what_got_worse_is_held_against_our_earlier_mail() {
    let worse = [
        ("news-dearer", "The repair would come to £400.", "Good.", "The repair comes to £520.", "£400"),
        ("news-dearer", "Two weeks in the cottage cost £90 a night.", "Good.", "The cottage is £110 a night.", "£90"),
        (
            "news-later",
            "Your carpet will be laid by Friday 14 March.",
            "Good.",
            "The carpet is laid on 21 March.",
            "Friday 14 March",
        ),
        ("news-less", "You get four large rooms.", "Good.", "We can only give you three rooms.", "four large rooms"),
        ("news-less", "The rate includes breakfast.", "Good.", "Breakfast is extra.", "includes"),
    ];
    for (signal, ours, theirs, draft, before) in worse {
        let advice = after(ours, theirs, draft);
        let reason = advice.reasons.iter().find(|reason| reason.signal == signal);
        let told = reason.and_then(|r| r.before.as_ref()).map(|b| &*b.evidence);
        assert_eq!(told, Some(before), "{signal}: {:?}", names(&advice));
    }
    let same = [
        ("The repair would come to £400.", "Good.", "The repair comes to £400."),
        ("The repair would come to £400.", "And with the belt for £90 more, £490?", "The repair comes to £490."),
        ("The deposit for the hall is £100.", "Good.", "The balance for the hall is £400."),
        ("The cottage is £90 a night.", "Good.", "The cottage comes to £270."),
        ("Your carpet will be laid by Friday 14 March.", "Can we move it?", "The carpet is laid on 21 March."),
        ("Your carpet will be laid by Friday 14 March.", "Good.", "The curtains are ready on 21 March."),
        ("You get four rooms.", "We only need three rooms.", "Now you have three rooms."),
        ("It takes four days.", "Good.", "Now it takes only three days."),
        ("The rate includes breakfast.", "Good.", "Breakfast is at no extra charge."),
    ];
    for (ours, theirs, draft) in same {
        let advice = after(ours, theirs, draft);
        let worse = advice.reasons.iter().find(|reason| reason.before.is_some());
        assert!(worse.is_none(), "{draft}: {worse:?}");
    }
}

#[test]
fn an_upset_customer_is_told_one_thing_at_a_time() {
    let draft = "The gate is mended tomorrow at nine.\n\nOur new catalogue shows forty sorts of fence in oak, larch \
                 and pine for every garden.\n\nThe spring fair in the yard opens its doors on the first Saturday of \
                 April for everybody.";
    assert!(names(&weigh(&mail(draft, CROSS, "10:00"))).contains(&"other-topics"));
    assert!(!names(&weigh(&mail(draft, "I am worried about the gate.", "10:00"))).contains(&"other-topics"));
}

#[test]
fn writing_again_and_going_round_are_counted() {
    let twice = format!("{CROSS}\n\nOn Sun, 9 Mar 2025 10:00:00 +0000, Ada Moss <ada@moss.example> wrote:\n> Hello?");
    assert!(names(&weigh(&mail("All good.", &twice, "10:00"))).contains(&"wrote-again"));
    let mut round = String::from("Which form?");
    for (day, ours) in [(6, true), (7, false), (8, true), (9, false), (9, true), (10, false)] {
        let before = round.lines().map(|line| format!("> {line}\n")).collect::<String>();
        let (words, who) = if ours {
            ("See page two.", "Ada Moss <ada@moss.example>")
        } else {
            ("That is not it. Which form?", "Sam Fisk <sam@house.example>")
        };
        round = format!("{words}\n\nOn Sat, {day} Mar 2025 08:00:00 +0000, {who} wrote:\n{before}");
    }
    let advice = weigh(&mail("See page two.", &round, "10:00"));
    assert!(names(&advice).contains(&"rounds"), "{:?}", names(&advice));
}

#[test]
fn rewording_and_key_accounts_come_from_outside() {
    let rewording = RewordingSummary { level: RewordingLevel::High, index: 0.9, drafts: 4, signs: Vec::new() };
    let raw = mail("The recordings could not be recovered.", "Hello.", "10:00");
    let advice = weigh_with(&raw, Some(&rewording), true);
    assert_eq!(advice.action, Action::Visit, "{:?}", names(&advice));
    assert!(names(&advice).contains(&"rewording") && names(&advice).contains(&"key-account"));
    assert_eq!(weigh(&raw).action, Action::Send);
}

#[test]
fn a_high_rewording_is_by_itself_reason_to_call() {
    let raw = mail("The blue chairs leave our store on Monday.", "Which day?", "10:00");
    let told = |level| RewordingSummary { level, index: 0.6, drafts: 5, signs: Vec::new() };
    assert_eq!(weigh_with(&raw, Some(&told(RewordingLevel::High)), false).action, Action::Call);
    assert_eq!(weigh_with(&raw, Some(&told(RewordingLevel::Some)), false).action, Action::Send);
}

#[test]
fn a_template_is_never_called_about() {
    let raw = "Dear {{name}}, the recordings could not be recovered. The appeal was not upheld. We regret this.";
    let message = Message::read(raw.as_bytes(), Kind::Text).expect("text");
    let (rules, policy) = (RuleSet::embedded(), Policy::default());
    let linter = Linter::new(&rules, &policy);
    let linted = linter.lint("lost.txt", &message);
    let context = Context::of(&message, &linted, &linter);
    let mut low = Thresholds::default();
    low.call = 3.0;
    assert!(low.set_points("no-such-signal", 1.0).is_err_and(|said| said.contains("news-loss")));
    low.set_points("regret", 1.0).expect("in the table");
    let advice = advise(&Context { thresholds: &low, ..context });
    assert!(advice.action < Action::Call && advice.not_a_template);
    assert!(advise(&context).not_a_template, "grave news");
}

#[test]
fn a_template_is_judged_by_its_worst_reading() {
    let points = |raw: &str| {
        let message = Message::read(raw.as_bytes(), Kind::Text).expect("text");
        let (rules, policy) = (RuleSet::embedded(), Policy::default());
        let linter = Linter::new(&rules, &policy);
        let linted = linter.lint("lost.txt", &message);
        let advice = advise(&Context::of(&message, &linted, &linter));
        (advice.points, names(&advice), advice.action)
    };
    let (loss, delay) = ("The recordings could not be recovered.", "The door needs another two weeks.");
    let both = points(&format!("{loss}\n\n{delay}"));
    let either = points(&format!("{{% if gone %}}{loss}{{% else %}}{delay}{{% endif %}}"));
    assert_eq!(either, points(loss));
    assert!(either.0 < both.0, "{either:?} {both:?}");
    // What one arm has settled, the other has not.
    let settled = "The fee has been refunded today.";
    let raw = format!("{delay} {{% if paid %}}{settled}{{% else %}}The blue one is in stock.{{% endif %}}");
    assert!(points(&format!("{delay} {settled}")).0 < points(delay).0);
    assert_eq!(points(&raw), points(delay));
    assert_eq!(points("{% if a %}All is well.{% else %}You should have told us.{% endif %}").2, Action::Rework);
}

#[test]
fn key_accounts_are_addresses_or_domains() {
    let message = Message::read(mail("a", "b", "10:00").as_bytes(), Kind::Eml).expect("our own mail");
    let is_key = |key: &str| is_key_account(&message, &[key.to_owned()]);
    assert!(is_key("ada@moss.example") && is_key("@Moss.example"));
    assert!(!is_key("@oss.example") && !is_key("moss.example"));
}

#[test]
fn named_mails_join_the_thread_once() {
    let draft = Message::read(mail("All good.", CROSS, "10:00").as_bytes(), Kind::Eml).expect("our own mail");
    let earlier = [
        "From: Ada Moss <ada@moss.example>\nTo: sam@house.example\nDate: Mon, 10 Mar 2025 09:12:00 +0000\n\nI am furious about the gate.\n",
        "From: Kim <kim@house.example>\nTo: ada@moss.example\nDate: Fri, 7 Mar 2025 09:00:00 +0000\n\nThe gate comes on Monday.\n",
    ];
    let earlier: Vec<Message> =
        earlier.iter().map(|raw| Message::read(raw.as_bytes(), Kind::Eml).expect("our own mail")).collect();
    let thread = Thread::read(&draft, &earlier);
    let turns: Vec<_> = thread.turns.iter().map(|turn| (turn.side, turn.document)).collect();
    assert_eq!(turns, [(Side::Customer, Document::Draft), (Side::Us, Document::Earlier(1))]);
    let turn = &thread.turns[0];
    let body = &draft.bodies[0].text;
    let gate = turn.text.find("gate").expect("said");
    assert_eq!(turn.place(crate::span::Span::new(gate, gate + 4)).of(body), "gate");
}

#[test]
fn hostile_threads_cost_little_and_break_nothing() {
    let deep = (0..300).fold(String::from("x?"), |inner, n| {
        let quoted = inner.lines().map(|line| format!(">{line}\n")).collect::<String>();
        if n < 60 {
            format!("No {n}!\n\nOn Sat, 8 Mar 2025 08:00:00 +0000, A <a@b.example> wrote:\n{quoted}")
        } else {
            inner
        }
    });
    for theirs in [deep.as_str(), "", ">>>>", "£999999999999999999999999999 due £0 to £", "\u{202e}RING ME 99/99/9999"]
    {
        let advice = weigh(&mail("£1 to £2. By the 99th of Feb 99999.", theirs, "10:00"));
        assert!(advice.points.is_finite());
    }
}
