// The list that is asked again and again: where it goes on, page after page and poll after poll.
#pragma once

#include "declared/client.hpp"

namespace orderhub::declared {

/// How far the list has been read.
struct Mark {
    std::int64_t from_ms = 0;  ///< begin of the window
    std::int64_t high_ms = 0;  ///< the latest change that this pass has shown
    std::int64_t page = 0;     ///< pages of the pass that were read since `from_ms`
    std::string cursor;
    std::string url;  ///< link: the next page
};

Mark to_mark(const ListRule& list, std::string_view cursor, std::int64_t now_ms);
std::string to_cursor(const Mark& mark);

struct Page {
    std::vector<Json> items;
    bool is_last = true;
};

class Feed {
public:
    Feed(const Settings& settings, sdk::Call& call)
        : list_(*settings.list), client_(settings, call) {}

    /// Reads one page and moves the mark behind it. Throws Stop.
    Page next(Mark& mark, const std::string& base_url);

private:
    Answer ask(const Mark& mark, const std::string& base_url);
    void advance(Mark& mark, Page& page, const Answer& answer) const;
    void go_by_number(Mark& mark, Page& page) const;
    void go_by_cursor(Mark& mark, Page& page, const Answer& answer) const;
    void end_pass(Mark& mark) const;

    const ListRule& list_;
    Client client_;
    std::string asked_;  ///< address of the page before
};

}  // namespace orderhub::declared
