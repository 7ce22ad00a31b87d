/** The questionnaires whose words are part of the product, as the server has them (a test holds the two together): here without a network. Data. */

/** @typedef {{value: number, label: string}} Option */
/** @typedef {{id: string, text: string, scored?: boolean, options?: Option[]}} Item without options of its own it takes those of its questionnaire */
/** @typedef {any} Formula `sum`, `max` or `mean` of items and formulas, `of` with `times`, or `groups_met` */
/**
 * @typedef {object} Instrument
 * @property {string} id @property {string} version @property {string} title @property {string} attribution @property {number} recall_days
 * @property {boolean} [has_index_event] it is about something very hard, which may be named
 * @property {string} [safety_item] the question about being better off dead or hurting oneself whose answers may go to a reader by themselves
 * @property {{item: string, from: number}} [card] which answer brings the card
 * @property {string} [stands_for] the one whose place it takes where an installation does not offer that
 * @property {string} stem @property {Option[]} options @property {Item[]} items
 * @property {Formula} [total] @property {{from: number, name: string | null}[]} [bands] @property {Record<string, any>} [change]
 */

/** What the questionnaires of one family share: the last two weeks, and how often. */
const TWO_WEEKS = {
  version: "1",
  recall_days: 14,
  stem: "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
  attribution: "Developed by Robert L. Spitzer, Janet B. W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.",
  options: [{ value: 0, label: "Not at all" }, { value: 1, label: "Several days" }, { value: 2, label: "More than half the days" }, { value: 3, label: "Nearly every day" }],
}

/** The questions that PHQ-9 and PHQ-8 begin with. */
const LOW_MOOD = [
  { id: "1", text: "Little interest or pleasure in doing things" },
  { id: "2", text: "Feeling down, depressed, or hopeless" },
  { id: "3", text: "Trouble falling or staying asleep, or sleeping too much" },
  { id: "4", text: "Feeling tired or having little energy" },
  { id: "5", text: "Poor appetite or overeating" },
  { id: "6", text: "Feeling bad about yourself — or that you are a failure or have let yourself or your family down" },
  { id: "7", text: "Trouble concentrating on things, such as reading the newspaper or watching television" },
  { id: "8", text: "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual" },
]

/** @type {Instrument[]} */
export const INSTRUMENTS = [
  {
    id: "phq-9",
    ...TWO_WEEKS,
    title: "PHQ-9",
    safety_item: "9",
    card: { item: "9", from: 1 },
    items: [
      ...LOW_MOOD,
      { id: "9", text: "Thoughts that you would be better off dead or of hurting yourself in some way" },
      { id: "difficulty", text: "If you checked off any problems, how difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?", scored: false, options: [{ value: 0, label: "Not difficult at all" }, { value: 1, label: "Somewhat difficult" }, { value: 2, label: "Very difficult" }, { value: 3, label: "Extremely difficult" }] },
    ],
    total: { sum: ["1", "2", "3", "4", "5", "6", "7", "8", "9"] },
    bands: [{ from: 0, name: "minimal" }, { from: 5, name: "mild" }, { from: 10, name: "moderate" }, { from: 15, name: "moderately severe" }, { from: 20, name: "severe" }],
    change: { better: "lower", mcid: 5, reliable: 6, response_pct: 50, remission: 4, cutoff: 10 },
  },
  {
    id: "phq-8",
    ...TWO_WEEKS,
    title: "PHQ-8",
    stands_for: "phq-9",
    items: LOW_MOOD,
    total: { sum: ["1", "2", "3", "4", "5", "6", "7", "8"] },
    bands: [{ from: 0, name: "none" }, { from: 5, name: "mild" }, { from: 10, name: "moderate" }, { from: 15, name: "moderately severe" }, { from: 20, name: "severe" }],
    change: { better: "lower", cutoff: 10 },
  },
  {
    id: "gad-7",
    ...TWO_WEEKS,
    title: "GAD-7",
    items: [
      { id: "1", text: "Feeling nervous, anxious or on edge" },
      { id: "2", text: "Not being able to stop or control worrying" },
      { id: "3", text: "Worrying too much about different things" },
      { id: "4", text: "Trouble relaxing" },
      { id: "5", text: "Being so restless that it is hard to sit still" },
      { id: "6", text: "Becoming easily annoyed or irritable" },
      { id: "7", text: "Feeling afraid as if something awful might happen" },
    ],
    total: { sum: ["1", "2", "3", "4", "5", "6", "7"] },
    bands: [{ from: 0, name: "minimal" }, { from: 5, name: "mild" }, { from: 10, name: "moderate" }, { from: 15, name: "severe" }],
    change: { better: "lower", mcid: 4, reliable: 6, remission: 4, cutoff: 10 },
  },
  {
    id: "pcl-5",
    version: "1",
    title: "PCL-5",
    recall_days: 30,
    has_index_event: true,
    stem: "In the past month, how much were you bothered by:",
    attribution: "Weathers, Litz, Keane, Palmieri, Marx and Schnurr 2013, National Center for PTSD. In the public domain.",
    options: [{ value: 0, label: "Not at all" }, { value: 1, label: "A little bit" }, { value: 2, label: "Moderately" }, { value: 3, label: "Quite a bit" }, { value: 4, label: "Extremely" }],
    items: [
      { id: "1", text: "Repeated, disturbing, and unwanted memories of the stressful experience?" },
      { id: "2", text: "Repeated, disturbing dreams of the stressful experience?" },
      { id: "3", text: "Suddenly feeling or acting as if the stressful experience were actually happening again (as if you were actually back there reliving it)?" },
      { id: "4", text: "Feeling very upset when something reminded you of the stressful experience?" },
      { id: "5", text: "Having strong physical reactions when something reminded you of the stressful experience (for example, heart pounding, trouble breathing, sweating)?" },
      { id: "6", text: "Avoiding memories, thoughts, or feelings related to the stressful experience?" },
      { id: "7", text: "Avoiding external reminders of the stressful experience (for example, people, places, conversations, activities, objects, or situations)?" },
      { id: "8", text: "Trouble remembering important parts of the stressful experience?" },
      { id: "9", text: "Having strong negative beliefs about yourself, other people, or the world (for example, having thoughts such as: I am bad, there is something seriously wrong with me, no one can be trusted, the world is completely dangerous)?" },
      { id: "10", text: "Blaming yourself or someone else for the stressful experience or what happened after it?" },
      { id: "11", text: "Having strong negative feelings such as fear, horror, anger, guilt, or shame?" },
      { id: "12", text: "Loss of interest in activities that you used to enjoy?" },
      { id: "13", text: "Feeling distant or cut off from other people?" },
      { id: "14", text: "Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving feelings for people close to you)?" },
      { id: "15", text: "Irritable behavior, angry outbursts, or acting aggressively?" },
      { id: "16", text: "Taking too many risks or doing things that could cause you harm?" },
      { id: "17", text: "Being \"superalert\" or watchful or on guard?" },
      { id: "18", text: "Feeling jumpy or easily startled?" },
      { id: "19", text: "Having difficulty concentrating?" },
      { id: "20", text: "Trouble falling or staying asleep?" },
    ],
    total: { sum: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"] },
    bands: [],
    change: { better: "lower", reliable: 15, remission: 28, cutoff: 31 },
  },
  {
    id: "who-5",
    version: "1",
    title: "WHO-5",
    recall_days: 14,
    stem: "Please indicate for each of the five statements which is closest to how you have been feeling over the last two weeks.",
    attribution: "The WHO-5 Well-Being Index, World Health Organization 2024, CC BY-NC-SA 3.0 IGO. First published by the WHO Regional Office in Europe and the Psychiatric Research Unit, Mental Health Center North Zealand.",
    options: [{ value: 5, label: "All of the time" }, { value: 4, label: "Most of the time" }, { value: 3, label: "More than half of the time" }, { value: 2, label: "Less than half of the time" }, { value: 1, label: "Some of the time" }, { value: 0, label: "At no time" }],
    items: [
      { id: "1", text: "I have felt cheerful and in good spirits" },
      { id: "2", text: "I have felt calm and relaxed" },
      { id: "3", text: "I have felt active and vigorous" },
      { id: "4", text: "I woke up feeling fresh and rested" },
      { id: "5", text: "My daily life has been filled with things that interest me" },
    ],
    total: { times: 4, of: { sum: ["1", "2", "3", "4", "5"] } },
    bands: [{ from: 0, name: "likely depression" }, { from: 29, name: "low well-being" }, { from: 51, name: null }],
    change: { better: "higher", own_line: 10 },
  },
  {
    id: "peg",
    version: "1",
    title: "PEG",
    recall_days: 7,
    stem: "In the past week:",
    attribution: "Krebs, Lorenz, Bair, Damush, Wu, Sutherland, Asch and Kroenke 2009.",
    options: [],
    items: [
      { id: "1", text: "What number best describes your pain on average in the past week?", options: [{ value: 0, label: "No pain" }, { value: 1, label: "" }, { value: 2, label: "" }, { value: 3, label: "" }, { value: 4, label: "" }, { value: 5, label: "" }, { value: 6, label: "" }, { value: 7, label: "" }, { value: 8, label: "" }, { value: 9, label: "" }, { value: 10, label: "Pain as bad as you can imagine" }] },
      { id: "2", text: "What number best describes how, during the past week, pain has interfered with your enjoyment of life?", options: [{ value: 0, label: "Does not interfere" }, { value: 1, label: "" }, { value: 2, label: "" }, { value: 3, label: "" }, { value: 4, label: "" }, { value: 5, label: "" }, { value: 6, label: "" }, { value: 7, label: "" }, { value: 8, label: "" }, { value: 9, label: "" }, { value: 10, label: "Completely interferes" }] },
      { id: "3", text: "What number best describes how, during the past week, pain has interfered with your general activity?", options: [{ value: 0, label: "Does not interfere" }, { value: 1, label: "" }, { value: 2, label: "" }, { value: 3, label: "" }, { value: 4, label: "" }, { value: 5, label: "" }, { value: 6, label: "" }, { value: 7, label: "" }, { value: 8, label: "" }, { value: 9, label: "" }, { value: 10, label: "Completely interferes" }] },
    ],
    total: { mean: ["1", "2", "3"] },
    bands: [{ from: 0, name: "mild" }, { from: 4, name: "moderate" }, { from: 7, name: "severe" }],
    change: { better: "lower", own_line_pct: 30, cutoff: 4 },
  },
  {
    id: "phq-2",
    ...TWO_WEEKS,
    title: "PHQ-2",
    items: [
      { id: "1", text: "Little interest or pleasure in doing things" },
      { id: "2", text: "Feeling down, depressed, or hopeless" },
    ],
    total: { sum: ["1", "2"] },
    bands: [{ from: 0, name: "negative" }, { from: 3, name: "positive" }],
  },
]
