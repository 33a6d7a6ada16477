/** What the top of the screen says, to staff and to the patient. To a patient it names no drug, no monitor and no task. */

const STAFF = {
  silent: (since) => `Not live since ${since}. Numbers below are as of then. Trust the certified monitor.`,
  stopped: (at, isSent) =>
    `■ Stopped at ${at}: nothing more may be given.${isSent ? "" : " Not sent yet: tell the others aloud."} The drug goes on working: keep watching.`,
  left: (at) => `Left the room at ${at}. The record stays open to notes.`,
  outside: "Outside my crowd",
  isLive: "Live, all saved",
  isSilent: "Not live",
  waiting: (count) => (count === 1 ? "1 entry waiting" : `${count} entries waiting`),
};

const PATIENT = {
  silent: (since) => `This page has had no connection since ${since}. To stop, say stop or your word, or show your sign: that always works.`,
  stopped: (at, isSent) =>
    `■ Stopped at ${at}. Nothing more is given to you today, and somebody stays with you.${isSent ? "" : " This page could not tell the others yet: please say it aloud."}`,
  left: (at) => `Your visit ended at ${at}.`,
  outside: "No estimate",
  isLive: "All kept",
  isSilent: "No connection",
  waiting: () => "Being sent",
};

export function wordsFor(facts) {
  return facts.user.role === "patient" ? PATIENT : STAFF;
}
