#include "codes.hpp"

namespace orderhub::ubl {

namespace {

// Each code ends with a space.
constexpr std::string_view kCurrencies =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN "
    "ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK "
    "JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP "
    "PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP SVC SYP SZL "
    "THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VES VED VND VUV WST "
    "XAF XCD XOF XPF YER ZAR ZMW ZWG ";

constexpr std::string_view kCountries =
    "1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN "
    "BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE "
    "DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN "
    "GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE "
    "KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA "
    "PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK "
    "SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
    "UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW ";

constexpr std::string_view kEndpointSchemes =
    "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 "
    "0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 "
    "0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0221 0225 0230 0235 0240 "
    "9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 "
    "9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 "
    "9949 9950 9951 9952 9953 9957 9959 ";

// Numbers of ISO 6523 up to 0248 that were never given out, or not to be used here.
constexpr std::string_view kNoLegalSchemes = "0092 0103 0181 0182 ";

bool lists(std::string_view codes, std::string_view code) {
    if (code.empty() || code.find(' ') != code.npos) return false;
    for (std::size_t at = codes.find(code); at != codes.npos; at = codes.find(code, at + 1))
        if ((at == 0 || codes[at - 1] == ' ') && codes[at + code.size()] == ' ') return true;
    return false;
}

}  // namespace

bool is_currency(std::string_view code) {
    return lists(kCurrencies, code);
}

bool is_country(std::string_view code) {
    return lists(kCountries, code);
}

bool is_endpoint_scheme(std::string_view code) {
    return lists(kEndpointSchemes, code);
}

bool is_legal_scheme(std::string_view code) {
    return code.size() == 4 && code >= "0002" && code <= "0248" && !lists(kNoLegalSchemes, code);
}

bool is_vat_id(std::string_view text) {
    const std::string_view country = text.substr(0, 2);
    return text.size() > 2 && (country == "EL" || is_country(country));
}

bool has_unbuilt_rules(std::string_view country) {
    return lists("DK EL GR IS NO SE ", country);
}

}  // namespace orderhub::ubl
