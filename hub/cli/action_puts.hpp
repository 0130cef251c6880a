// The ways in which words of a command line become parts of an action's input; see Put.
#pragma once

#include "hub/cli/action_option.hpp"

namespace orderhub::cli {

Expected<void> put_text(const Written& written, boost::json::object& input);
Expected<void> put_true(const Written& written, boost::json::object& input);
/// The option's own value.
Expected<void> put_value(const Written& written, boost::json::object& input);
/// "basis": the option's own value; "value": the word.
Expected<void> put_basis(const Written& written, boost::json::object& input);

Expected<void> put_units(const Written& written, boost::json::object& input);     ///< LINE:QTY
Expected<void> put_line_ids(const Written& written, boost::json::object& input);  ///< LINE
Expected<void> put_items(const Written& written, boost::json::object& input);  ///< SKU:QTY[:NAME]
/// SKU=EX/TAX/INC, into the items that are there already.
Expected<void> put_prices(const Written& written, boost::json::object& input);

Expected<void> put_fees(const Written& written, boost::json::object& input);  ///< LABEL=BASIS:VALUE
/// PAYMENT=AMOUNT or PAYMENT:CAPTURE=AMOUNT
Expected<void> put_tenders(const Written& written, boost::json::object& input);

Expected<void> put_return_order(const Written& written, boost::json::object& input);
Expected<void> put_fulfilment(const Written& written, boost::json::object& input);
Expected<void> put_refund(const Written& written, boost::json::object& input);
Expected<void> put_exception(const Written& written, boost::json::object& input);

Expected<void> put_accepted(const Written& written, boost::json::object& input);  ///< r1:QTY[:WORD]
Expected<void> put_rejected(const Written& written, boost::json::object& input);

}  // namespace orderhub::cli
