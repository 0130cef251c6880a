// One row for each action: its command and its options.
#include "hub/cli/action_puts.hpp"

namespace orderhub::cli {

namespace {

using Options = std::vector<ActionOption>;

constexpr bool kRequired = true;

const ActionOption kLines{"--line",  "lines",     "LINE:QTY, LINE being a line's id or its SKU",
                          put_units, Takes::many, kRequired};
const ActionOption kReason{"--reason", "reason",   "Why; it stands on what is made of it",
                           put_text,   Takes::one, kRequired};
const ActionOption kMaybeReason{"--reason", "reason", "Why", put_text};
const ActionOption kDelivery{.name = "--delivery",
                             .field = "delivery",
                             .help = "What happens to the delivery charge of units that go",
                             .put = put_text,
                             .allowed = {"keep", "proportional"}};
const ActionOption kFees{"--fee", "fees",
                         "LABEL=BASIS:VALUE, kept back; BASIS is amount_with_tax, "
                         "amount_without_tax, percentage or percentage_gross",
                         put_fees, Takes::many};
const ActionOption kTenders{"--tender", "tenders",
                            "PAYMENT=AMOUNT: the payment that gets so much of it back, in this "
                            "order; the rest follows the hub's policy",
                            put_tenders, Takes::many};
const ActionOption kPartial{"--partial", "partial", "Give back no more than --tender says",
                            put_true, Takes::nothing};
const ActionOption kReturn{"--return",       "return_order", "Number or id of the return order",
                           put_return_order, Takes::one,     kRequired};
const ActionOption kCarrier{"--carrier", "carrier", "Who brings it", put_text};
const ActionOption kTracking{"--tracking", "tracking_number", "Tracking number", put_text};
const ActionOption kPayment{"--payment", "payment", "The payment's id, as orders show prints it",
                            put_text};

Options operator+(Options options, const Options& more) {
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

Options one_of(const char* name, const char* value, const char* help, Put put, Takes takes) {
    return {{.name = name,
             .field = "kind",
             .help = help,
             .put = put,
             .takes = takes,
             .value = value,
             .choice = Choice::exactly_one}};
}

const Options kTendered{kTenders, kPartial};
const Options kTaken{kDelivery, kFees};
const Options kOff =
    one_of("--percent", "percentage", "So many percent", put_basis, Takes::one) +
    one_of("--amount-with-tax", "amount_with_tax", "An amount", put_basis, Takes::one) +
    one_of("--amount-without-tax", "amount_without_tax", "An amount", put_basis, Takes::one) +
    Options{{"--line", "lines", "A line's id or its SKU; default: the whole order", put_line_ids,
             Takes::many}};

Options refund_kinds() {
    return one_of("--excess", "excess", "Money that was paid beyond what the order costs",
                  put_value, Takes::nothing) +
           one_of("--goodwill", "goodwill", "A gift; needs --amount", put_value, Takes::nothing);
}

std::vector<ActionCommand> about_units() {
    const Options removal = Options{kLines, kReason} + kTaken + kTendered;
    return {{"cancel", "Cancel units that have not been allocated", removal},
            {"return", "Return units, with immediate refund and credit memo", removal},
            {"discount", "Lower the price of units that stay",
             kOff +
                 Options{{.name = "--in-fulfilment",
                          .field = "in_fulfilment",
                          .help = "Units allocated but not fulfilled: left out, with those before "
                                  "fulfilment, or apart",
                          .put = put_text,
                          .allowed = {"disallowed", "pre_fulfilment", "in_fulfilment"}},
                         kReason} +
                 kTendered},
            {"appease", "Lower the price of fulfilled units to make good for something",
             kOff + Options{kReason} + kTendered},
            {"reship", "Send fulfilled units again at no charge", {kLines, kReason}},
            {"exchange", "Give other goods for units of the order",
             Options{kLines,
                     {"--item", "items", "SKU:QTY or SKU:QTY:NAME, given for them", put_items,
                      Takes::many, kRequired},
                     {"--price", "items", "SKU=EX/TAX/INC of one unit; default: an even exchange",
                      put_prices, Takes::many},
                     {"--inspect", "inspect", "Fulfilled units come back by a return order first",
                      put_true, Takes::nothing},
                     kReason} +
                 kTaken + kTendered}};
}

std::vector<ActionCommand> about_money() {
    const ActionOption amount{"--amount", "amount", "How much", put_text};
    const ActionOption some{"--amount", "amount", "How much", put_text, Takes::one, kRequired};
    return {{"refund", "Give money back without a change of the lines",
             refund_kinds() + Options{amount, kReason} + kTendered},
            {"retry-refund", "Another refund in the place of one that failed",
             Options{{"--refund", "refund", "Id of the one that failed", put_refund, Takes::one,
                      kRequired},
                     kReason} +
                 kTendered},
            {"capture", "Take authorized money", {kPayment, amount, kMaybeReason}},
            {"reverse-authorization",
             "Give up authorizations beyond what the order still needs",
             {kPayment, kReason}},
            {"record-payment",
             "Book money that was taken by other means",
             {{"--method", "method", "How it was paid", put_text, Takes::one, kRequired},
              {"--reference", "reference", "The provider's or the terminal's", put_text},
              some,
              kReason}}};
}

std::vector<ActionCommand> about_returns() {
    const Options move{kReturn, kMaybeReason};
    return {{"open-return", "Expect units back; nothing is refunded before they were inspected",
             Options{kLines,
                     kReason,
                     {.name = "--state",
                      .field = "state",
                      .help = "How far it is",
                      .put = put_text,
                      .allowed = {"draft", "submitted", "approved"}}} +
                 kTaken},
            {"submit-return", "Ask for a drafted return to be approved", move},
            {"approve-return", "Approve a return", move},
            {"receive-return", "Book what arrived and was inspected",
             Options{kReturn,
                     {.name = "--accept",
                      .field = "lines",
                      .help = "r1:QTY:CONDITION of a return line",
                      .put = put_accepted,
                      .takes = Takes::many,
                      .choice = Choice::at_least_one},
                     {.name = "--reject",
                      .field = "lines",
                      .help = "r1:QTY:REASON of a return line",
                      .put = put_rejected,
                      .takes = Takes::many,
                      .choice = Choice::at_least_one},
                     kMaybeReason}},
            {"close-return", "Refund what was accepted", move + Options{kFees} + kTendered},
            {"cancel-return", "Give a return up", {kReturn, kReason}}};
}

std::vector<ActionCommand> about_the_rest() {
    return {
        {"fulfil",
         "Allocate units to a fulfilment order",
         {kLines,
          {"--draft", "draft", "Only note it; nothing is allocated yet", put_true, Takes::nothing},
          kCarrier,
          kTracking,
          kMaybeReason}},
        {"update-fulfilment",
         "Move a fulfilment order on",
         {{"--fulfilment", "fulfilment", "Its id, or the storefront's", put_fulfilment, Takes::one,
           kRequired},
          {.name = "--state",
           .field = "state",
           .help = "What it is now",
           .put = put_text,
           .required = true,
           .allowed = {"draft", "pending", "shipped", "delivered", "cancelled"}},
          kCarrier,
          kTracking,
          {"--tracking-url", "tracking_url", "Where its way can be followed", put_text},
          kMaybeReason}},
        {"suspend", "Stop everything else for this order", {kReason}},
        {"resolve-exception",
         "Say how an exception was dealt with",
         {{"--exception", "exception", "Its id or its code", put_exception, Takes::one, kRequired},
          {"--ignore", "ignore", "It no longer counts but is not mended", put_true, Takes::nothing},
          kReason}}};
}

}  // namespace

const std::vector<ActionCommand>& action_commands() {
    static const std::vector<ActionCommand> all = [] {
        std::vector<ActionCommand> list;
        for (auto part : {about_units, about_money, about_returns, about_the_rest})
            for (ActionCommand& command : part())
                list.push_back(std::move(command));
        return list;
    }();
    return all;
}

}  // namespace orderhub::cli
