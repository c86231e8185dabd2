//! Open questions to ask: *what* and *how*, never *why did you*.

use crate::advice::draft::Draft;
use crate::advice::temperature::Heard;

/// A question, and the kinds of signals it belongs to.
struct Question {
    /// What it belongs to; empty for the ones that always fit.
    kinds: &'static [&'static str],
    text: &'static str,
}

const QUESTIONS: &[Question] = &[
    Question { kinds: &["stakes", "standing"], text: "What hangs on this for you, and by which day?" },
    Question {
        kinds: &["repeated", "wrote-again", "chasing"],
        text: "What happened the other times, and what helped least?",
    },
    Question {
        kinds: &["hardship", "hard-times"],
        text: "How are you managing right now, and what would take the edge off today?",
    },
    Question {
        kinds: &["leaving", "drift", "resignation"],
        text: "What would have to be different for this to work for you again?",
    },
    Question {
        kinds: &["distrust", "threat", "cold"],
        text: "What would you need to see from us, and who else needs to see it?",
    },
    Question {
        kinds: &["hurt", "anger", "tells"],
        text: "Could you tell us how it looked from your side, from the start?",
    },
    Question {
        kinds: &["news-price", "news-money"],
        text: "What was your budget built on, and where is there room in it?",
    },
    Question {
        kinds: &["news-delay", "sitting-on-it"],
        text: "Which part do you need first, if it cannot all come at once?",
    },
    Question {
        kinds: &["news-ending", "news-refusal", "news-decision"],
        text: "What were you going to use it for, and what else would do that?",
    },
    Question { kinds: &["news-loss", "news-failure"], text: "What does this put in doubt on your side?" },
    Question { kinds: &[], text: "What has to work, and by when?" },
    Question { kinds: &[], text: "What have I not asked about?" },
];
/// A conversation holds no more.
const MOST: usize = 4;

/// The questions that fit what was heard and what the draft brings.
pub(super) fn for_thread(heard: &[Heard], draft: &Draft) -> Vec<&'static str> {
    let fits = |question: &&Question| {
        question.kinds.iter().any(|kind| heard.iter().any(|h| h.kind == *kind) || draft.first(kind).is_some())
    };
    let always = QUESTIONS.iter().filter(|question| question.kinds.is_empty());
    let room = MOST - always.clone().count();
    QUESTIONS.iter().filter(fits).take(room).chain(always).map(|question| question.text).collect()
}
