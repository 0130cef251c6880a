// How well an order fits a case, and why.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "hub/linking/index.hpp"
#include "hub/linking/settings.hpp"
#include "hub/linking/signals.hpp"

namespace orderhub::linking {

struct Evidence {
    int points = 0;
    std::string text;
};

/// A number in the case is this order's.
enum class Named { no, weakly, surely };

struct Scored {
    OrderPtr order;
    bool by_alias = false;
    int identity = 0;        ///< who it is
    bool full_name = false;  ///< first name and surname are the order's
    int which = 0;           ///< which of the person's orders
    int goods = 0;           ///< of `which`, what the words for goods say
    int mild = 0;            ///< of `which`, what the order's state and age say
    Named named = Named::no;
    bool other_goods = false;    ///< the case speaks of goods, and none of them is in this order
    std::set<std::size_t> said;  ///< words of Signals::goods that fit this order
    std::vector<Evidence> evidence;

    int total() const { return identity + which; }
    void add_identity(int points, std::string text);
    /// What more than its state and age tells.
    int firm() const { return total() - mild; }
    void add_which(int points, std::string text);
    void add_mild(int points, std::string text);
};

struct Scoring {
    const Signals& signals;
    const Settings& settings;
    Index& index;
    /// number_key() of numbers in the case that are some order's exactly: no slip of another's.
    std::set<std::string> exact_numbers = {};
};

void score_identity(const Scoring& scoring, Scored& scored);
/// Where the full name is one order's, those that share a part of it are another person's.
void settle_names(std::vector<Scored>& all);
/// After score_identity: a number that is not called one counts only for its owner.
void score_numbers(const Scoring& scoring, Scored& scored);
void score_goods(const Scoring& scoring, Scored& scored);
/// Amounts, dates, state and age.
void score_circumstances(const Scoring& scoring, Scored& scored);
/// "My last order": after all else, because it compares the orders of one person.
void score_order_of(const Scoring& scoring, std::vector<Scored>& all);

/// The numbers that are called an order's and are none of `all`'s, nor nearly so.
std::vector<std::string> unknown_numbers(const Signals& signals, const std::vector<Scored>& all);

}  // namespace orderhub::linking
