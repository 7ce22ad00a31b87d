/**
 * Crisis lines by country, bundled so that they are here without a network. The server reads this same file for
 * GET /api/crisis-lines: from the brace on it is JSON, quoted as JSON quotes. All come from published sources; none has a day on
 * which somebody checked it with the service itself, and so they say. Once one is, it is said to be due again half a year later.
 */

/**
 * @typedef {{reviewed_on: string | null, stale_after: string | null, source: string}} Reviewed
 * @typedef {object} Line
 * @property {string} country ISO 3166-1 @property {"crisis" | "domestic_violence" | "poison"} kind @property {string} name
 * @property {string | null} call @property {{to: string, word: string} | null} text @property {string | null} chat
 * @typedef {object} Directory
 * @property {string} elsewhere a directory to look up from anywhere: printed, never asked by this app
 * @property {Record<string, {call: string} & Reviewed>} emergency the number for an emergency in each country
 * @property {(Line & Reviewed)[]} lines
 */

/** @type {Directory} */
export const { elsewhere: ELSEWHERE, emergency: EMERGENCY, lines: LINES } = {
  "elsewhere": "findahelpline.com",
  "emergency": {
    "US": {"call": "911", "source": "911.gov", "reviewed_on": null, "stale_after": null},
    "CA": {"call": "911", "source": "canada.ca", "reviewed_on": null, "stale_after": null},
    "GB": {"call": "999", "source": "gov.uk", "reviewed_on": null, "stale_after": null},
    "IE": {"call": "112", "source": "Directive (EU) 2018/1972, article 109", "reviewed_on": null, "stale_after": null},
    "AU": {"call": "000", "source": "triplezero.gov.au", "reviewed_on": null, "stale_after": null},
    "NZ": {"call": "111", "source": "govt.nz", "reviewed_on": null, "stale_after": null},
    "DE": {"call": "112", "source": "Directive (EU) 2018/1972, article 109", "reviewed_on": null, "stale_after": null},
    "FR": {"call": "112", "source": "Directive (EU) 2018/1972, article 109", "reviewed_on": null, "stale_after": null},
    "ES": {"call": "112", "source": "Directive (EU) 2018/1972, article 109", "reviewed_on": null, "stale_after": null},
    "NL": {"call": "112", "source": "Directive (EU) 2018/1972, article 109", "reviewed_on": null, "stale_after": null},
    "BR": {"call": "192", "source": "gov.br/saude", "reviewed_on": null, "stale_after": null},
    "IN": {"call": "112", "source": "112.gov.in", "reviewed_on": null, "stale_after": null}
  },
  "lines": [
    {"country": "US", "kind": "crisis", "name": "988 Suicide & Crisis Lifeline", "call": "988", "text": {"to": "988", "word": ""}, "chat": "988lifeline.org", "source": "988lifeline.org", "reviewed_on": null, "stale_after": null},
    {"country": "US", "kind": "crisis", "name": "Crisis Text Line", "call": null, "text": {"to": "741741", "word": "HOME"}, "chat": null, "source": "crisistextline.org", "reviewed_on": null, "stale_after": null},
    {"country": "CA", "kind": "crisis", "name": "9-8-8 Suicide Crisis Helpline", "call": "988", "text": {"to": "988", "word": ""}, "chat": null, "source": "988.ca", "reviewed_on": null, "stale_after": null},
    {"country": "GB", "kind": "crisis", "name": "Samaritans", "call": "116 123", "text": null, "chat": null, "source": "samaritans.org", "reviewed_on": null, "stale_after": null},
    {"country": "GB", "kind": "crisis", "name": "Shout", "call": null, "text": {"to": "85258", "word": "SHOUT"}, "chat": null, "source": "giveusashout.org", "reviewed_on": null, "stale_after": null},
    {"country": "IE", "kind": "crisis", "name": "Samaritans", "call": "116 123", "text": null, "chat": null, "source": "samaritans.org", "reviewed_on": null, "stale_after": null},
    {"country": "AU", "kind": "crisis", "name": "Lifeline", "call": "13 11 14", "text": {"to": "0477 13 11 14", "word": ""}, "chat": null, "source": "lifeline.org.au", "reviewed_on": null, "stale_after": null},
    {"country": "NZ", "kind": "crisis", "name": "1737, need to talk?", "call": "1737", "text": {"to": "1737", "word": ""}, "chat": null, "source": "1737.org.nz", "reviewed_on": null, "stale_after": null},
    {"country": "DE", "kind": "crisis", "name": "TelefonSeelsorge", "call": "0800 111 0 111", "text": null, "chat": "online.telefonseelsorge.de", "source": "telefonseelsorge.de", "reviewed_on": null, "stale_after": null},
    {"country": "FR", "kind": "crisis", "name": "3114", "call": "3114", "text": null, "chat": null, "source": "3114.fr", "reviewed_on": null, "stale_after": null},
    {"country": "ES", "kind": "crisis", "name": "Línea 024", "call": "024", "text": null, "chat": null, "source": "sanidad.gob.es", "reviewed_on": null, "stale_after": null},
    {"country": "NL", "kind": "crisis", "name": "113", "call": "113", "text": null, "chat": "113.nl", "source": "113.nl", "reviewed_on": null, "stale_after": null},
    {"country": "BR", "kind": "crisis", "name": "CVV", "call": "188", "text": null, "chat": "cvv.org.br", "source": "cvv.org.br", "reviewed_on": null, "stale_after": null},
    {"country": "IN", "kind": "crisis", "name": "Tele-MANAS", "call": "14416", "text": null, "chat": null, "source": "telemanas.mohfw.gov.in", "reviewed_on": null, "stale_after": null},
    {"country": "US", "kind": "domestic_violence", "name": "National Domestic Violence Hotline", "call": "1-800-799-7233", "text": {"to": "88788", "word": "START"}, "chat": "thehotline.org", "source": "thehotline.org", "reviewed_on": null, "stale_after": null},
    {"country": "GB", "kind": "domestic_violence", "name": "National Domestic Abuse Helpline", "call": "0808 2000 247", "text": null, "chat": null, "source": "nationaldahelpline.org.uk", "reviewed_on": null, "stale_after": null},
    {"country": "IE", "kind": "domestic_violence", "name": "Women’s Aid", "call": "1800 341 900", "text": null, "chat": null, "source": "womensaid.ie", "reviewed_on": null, "stale_after": null},
    {"country": "AU", "kind": "domestic_violence", "name": "1800RESPECT", "call": "1800 737 732", "text": null, "chat": null, "source": "1800respect.org.au", "reviewed_on": null, "stale_after": null},
    {"country": "NZ", "kind": "domestic_violence", "name": "Women’s Refuge", "call": "0800 733 843", "text": null, "chat": null, "source": "womensrefuge.org.nz", "reviewed_on": null, "stale_after": null},
    {"country": "DE", "kind": "domestic_violence", "name": "Hilfetelefon Gewalt gegen Frauen", "call": "116 016", "text": null, "chat": "hilfetelefon.de", "source": "hilfetelefon.de", "reviewed_on": null, "stale_after": null},
    {"country": "FR", "kind": "domestic_violence", "name": "Violences Femmes Info", "call": "3919", "text": null, "chat": null, "source": "arretonslesviolences.gouv.fr", "reviewed_on": null, "stale_after": null},
    {"country": "ES", "kind": "domestic_violence", "name": "016", "call": "016", "text": null, "chat": null, "source": "violenciagenero.igualdad.gob.es", "reviewed_on": null, "stale_after": null},
    {"country": "US", "kind": "poison", "name": "Poison Help", "call": "1-800-222-1222", "text": null, "chat": null, "source": "poisonhelp.hrsa.gov", "reviewed_on": null, "stale_after": null},
    {"country": "CA", "kind": "poison", "name": "Poison centres", "call": "1-844-764-7669", "text": null, "chat": null, "source": "infopoison.ca", "reviewed_on": null, "stale_after": null},
    {"country": "AU", "kind": "poison", "name": "Poisons Information Centre", "call": "13 11 26", "text": null, "chat": null, "source": "poisonsinfo.health.qld.gov.au", "reviewed_on": null, "stale_after": null},
    {"country": "NZ", "kind": "poison", "name": "National Poisons Centre", "call": "0800 764 766", "text": null, "chat": null, "source": "poisons.co.nz", "reviewed_on": null, "stale_after": null}
  ]
}
