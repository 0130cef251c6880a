#pragma once

#include "rt_documents.hpp"

// Searches and lists, with RT's paging: totals for tickets, none for everything else.
namespace orderhub::sandbox::rt {

HttpReply search_tickets(const State& state, const HttpRequest& request, const std::string& base);
HttpReply search_transactions(const State& state, const HttpRequest& request,
                              const std::string& base);
HttpReply ticket_history(const State& state, std::int64_t ticket, const HttpRequest& request,
                         const std::string& base);
HttpReply ticket_attachments(const State& state, std::int64_t ticket, const HttpRequest& request,
                             const std::string& base);

}  // namespace orderhub::sandbox::rt
