-- One action can make several change orders, or none: its effects belong to the action.
ALTER TABLE deliveries RENAME COLUMN change_order_id TO action_id;
