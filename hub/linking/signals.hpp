// Everything in a case that may tell its order.
#pragma once

#include <string>
#include <vector>

#include "hub/linking/amounts.hpp"
#include "hub/linking/dates.hpp"
#include "hub/linking/keys.hpp"
#include "hub/linking/numbers.hpp"
#include "hub/linking/order.hpp"
#include "hub/linking/phrases.hpp"
#include "hub/linking/settings.hpp"
#include "hub/linking/text.hpp"

namespace orderhub::linking {

/// A word of the case that may stand for goods, or neighbours taken as one.
struct GoodsWord {
    std::string text;  ///< folded
    std::string stem;
    std::vector<std::uint16_t> concepts;
    bool joined = false;   ///< made of neighbours
    bool guessed = false;  ///< the concepts are those of a word that is nearly the same
    bool covered = false;  ///< part of a phrase for one thing
};

struct Signals {
    Text text;
    std::vector<CueHit> cues;
    std::vector<NumberWord> numbers;
    std::string requester_mailbox;
    std::vector<std::string> mailboxes;   ///< in the text
    std::vector<std::string> phones;      ///< of requester and text, E.164
    std::vector<std::string> postcodes;   ///< postcode_key(), the requester's first
    std::vector<std::string> name;        ///< name_parts() of the requester
    std::vector<std::string> signature;   ///< name_parts() under the text
    std::vector<std::string> email_name;  ///< parts of the requester's address
    std::string initials;                 ///< single letters of the requester's name or address
    std::vector<std::string> squashed;    ///< each word of the text; empty of quoted history
    std::vector<std::string> words;  ///< squashed words of the text that may be names, each once
    std::vector<GoodsWord> goods;
    std::vector<AmountClaim> amounts;
    std::vector<DateClaim> dates;
    Day received = 0;

    bool says(Cue cue) const;
    /// The case is about something that was ordered, not a question before buying.
    bool about_order() const;
    /// Nothing says who wrote.
    bool anonymous() const;
};

Signals read_signals(const Ticket& ticket, const Settings& settings);

/// The part of read_signals() that is about goods; `taken`: words that tell something else.
void read_goods(Signals& signals, const std::vector<bool>& taken);

/// What is to be looked up for a case, each once, most telling first.
std::vector<Key> keys_of(const Signals& signals);

}  // namespace orderhub::linking
