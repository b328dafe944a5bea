/** A tiny invented case, in the shape Python writes. "A>B" is a directed tie, "A-B" one without direction. */
export function ring(ties, { weights = {}, grades = {}, dates = {} } = {}) {
  const found = ties.split(" ").map((text) => /^(\w+)([->])(\w+)$/.exec(text));
  const ids = [...new Set(found.flatMap((tie) => [tie[1], tie[3]]))].sort();
  const each = (value) => ids.map(() => value);
  const text = (tie) => tie[0];
  return {
    format: "ringmap-page",
    version: 1,
    title: "invented",
    language: "en",
    victims_shown: false,
    notices: [],
    words: {},
    parties: {
      id: ids, label: [...ids], type: each("person"), kind: each(null), side: each("offender"),
      roles: ids.map(() => ["recruiter"]), standing: each(null), country: each(null),
      province: each(null), x: ids.map((_, at) => at), y: each(0), rings: ids.map(() => []),
      rank: each(null), because: each(null), facts: ids.map(() => []), records: ids.map(() => []),
    },
    ties: {
      source: found.map((tie) => ids.indexOf(tie[1])),
      target: found.map((tie) => ids.indexOf(tie[3])),
      kind: found.map(() => "called"),
      directed: found.map((tie) => (tie[2] === ">" ? 1 : 0)),
      weight: found.map((tie) => weights[text(tie)] ?? null),
      first: found.map((tie) => dates[text(tie)] ?? null),
      last: found.map(() => null),
      case: found.map(() => null),
      grade: found.map((tie) => (text(tie) in grades ? grades[text(tie)] : "A1")),
      records: found.map(() => []),
      notes: found.map(() => []),
    },
    records: { file: [], row: [], line: [], source: [], page: [], reliability: [], credibility: [] },
    sources: {
      ref: [], document: [], page: [], agency: [], received: [],
      reliability: [], credibility: [], handling: [],
    },
    rings: [],
    places: { party: [], label: [], kind: [], country: [], lat: [], lon: [], approximate: [], gate: [] },
    legs: {
      event: [], kind: [], stage: [], from: [], to: [], crossing: [], date: [], people: [],
      moved_by: [], transport: [], legal_exit: [], crosses: [], case: [], route: [], records: [],
    },
    unplaced: { legs: 0, places: 0 },
    basemap: null,
  };
}
