/** Which time zones lie in each country of the directory in crisis-lines.js. Data. */

/**
 * Where a device stands says more about which emergency number works than the language it speaks. From zone.tab of the IANA
 * time zone database (public domain), with older names that browsers still answer.
 * @type {Record<string, string>}
 */
export const ZONES = {
  US: [
    "America/Adak America/Anchorage America/Boise America/Chicago America/Denver America/Detroit",
    "America/Indiana/Indianapolis America/Indiana/Knox America/Indiana/Marengo America/Indiana/Petersburg",
    "America/Indiana/Tell_City America/Indiana/Vevay America/Indiana/Vincennes America/Indiana/Winamac",
    "America/Juneau America/Kentucky/Louisville America/Kentucky/Monticello America/Los_Angeles",
    "America/Menominee America/Metlakatla America/New_York America/Nome America/North_Dakota/Beulah",
    "America/North_Dakota/Center America/North_Dakota/New_Salem America/Phoenix America/Sitka",
    "America/Yakutat Pacific/Honolulu America/Indianapolis America/Fort_Wayne America/Knox_IN",
    "America/Louisville America/Atka America/Shiprock US/Alaska US/Aleutian US/Arizona US/Central",
    "US/East-Indiana US/Eastern US/Hawaii US/Indiana-Starke US/Michigan US/Mountain US/Pacific",
  ].join(" "),
  CA: [
    "America/Atikokan America/Blanc-Sablon America/Cambridge_Bay America/Creston America/Dawson",
    "America/Dawson_Creek America/Edmonton America/Fort_Nelson America/Glace_Bay America/Goose_Bay",
    "America/Halifax America/Inuvik America/Iqaluit America/Moncton America/Rankin_Inlet America/Regina",
    "America/Resolute America/St_Johns America/Swift_Current America/Toronto America/Vancouver",
    "America/Whitehorse America/Winnipeg America/Coral_Harbour America/Montreal America/Nipigon",
    "America/Pangnirtung America/Rainy_River America/Thunder_Bay America/Yellowknife Canada/Atlantic",
    "Canada/Central Canada/Eastern Canada/Mountain Canada/Newfoundland Canada/Pacific Canada/Saskatchewan",
    "Canada/Yukon",
  ].join(" "),
  GB: "Europe/London Europe/Belfast",
  IE: "Europe/Dublin",
  AU: [
    "Antarctica/Macquarie Australia/Adelaide Australia/Brisbane Australia/Broken_Hill Australia/Darwin",
    "Australia/Eucla Australia/Hobart Australia/Lindeman Australia/Lord_Howe Australia/Melbourne",
    "Australia/Perth Australia/Sydney Australia/ACT Australia/Canberra Australia/Currie Australia/LHI",
    "Australia/NSW Australia/North Australia/Queensland Australia/South Australia/Tasmania",
    "Australia/Victoria Australia/West Australia/Yancowinna",
  ].join(" "),
  NZ: "Pacific/Auckland Pacific/Chatham",
  DE: "Europe/Berlin Europe/Busingen",
  FR: "Europe/Paris",
  ES: "Africa/Ceuta Atlantic/Canary Europe/Madrid",
  NL: "Europe/Amsterdam",
  BR: [
    "America/Araguaina America/Bahia America/Belem America/Boa_Vista America/Campo_Grande America/Cuiaba",
    "America/Eirunepe America/Fortaleza America/Maceio America/Manaus America/Noronha America/Porto_Velho",
    "America/Recife America/Rio_Branco America/Santarem America/Sao_Paulo America/Porto_Acre Brazil/Acre",
    "Brazil/DeNoronha Brazil/East Brazil/West",
  ].join(" "),
  IN: "Asia/Kolkata Asia/Calcutta",
}
