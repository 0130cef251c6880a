// The shop's order export (order.xsd, namespace
// http://www.demandware.com/xml/impex/order/2006-10-31): which orders it names. Pure.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::b2c_commerce {

/// A document that is no order export, or not all of one. The words are for a person: line, what is
/// wrong; nothing of the document but names of elements.
class BadExport : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One order of the export.
struct ExportedOrder {
    std::string number;
    bool is_deleted = false;  ///< mode="delete"

    friend bool operator==(const ExportedOrder&, const ExportedOrder&) = default;
};

/// Reads a document piece by piece, in memory that does not grow with it. A document type is
/// refused, so no entity is ever declared, expanded or fetched.
class OrderExportReader {
public:
    OrderExportReader();
    ~OrderExportReader();
    OrderExportReader(const OrderExportReader&) = delete;
    OrderExportReader& operator=(const OrderExportReader&) = delete;

    /// The next piece, at most 1 MiB. Throws BadExport, after which the reader is of no use.
    void take(std::string_view piece);

    /// Ends the document: its orders in their sequence, each number once, as it stands last. Throws
    /// BadExport if the document is not whole.
    std::vector<ExportedOrder> finish();

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace orderhub::b2c_commerce
