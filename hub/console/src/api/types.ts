import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Amount = Schemas['Amount'];
export type Order = Schemas['Order'];
export type OrderPage = Schemas['OrderPage'];
export type OrderSummary = OrderPage['items'][number];
export type Line = Schemas['Line'];
export type Payment = Schemas['Payment'];
export type Refund = Schemas['Refund'];
export type Fulfilment = Schemas['Fulfilment'];
export type ReturnOrder = Schemas['ReturnOrder'];
export type ChangeOrder = Schemas['ChangeOrder'];
export type Document = Schemas['Document'];
export type Exception = Schemas['Exception'];
export type Step = Schemas['Step'];
export type Plan = Schemas['Plan'];
export type Preview = Schemas['Preview'] & { flow?: FlowOfAction | null };
/** What the action's flow adds to it. */
export type FlowOfAction = { name: string; version: number; approvals: { role: string; reason: string }[] };
/** Submitted, and waiting for somebody's decision. */
export type Asked = { order_id: string; order_version: number; plan: Plan; flow_run: string; waits_for: { role: string; reason: string } };
export type Submission = Schemas['Submission'];
export type Eligibility = Schemas['Eligibility'];
export type Eligible = Eligibility['actions'][number];
export type Action = Schemas['Action'];
export type CasePage = Schemas['CasePage'];
export type CaseSummary = CasePage['items'][number];
export type Case = Schemas['Case'];
export type Customer = Schemas['CustomerRecord'];
export type CustomerPage = Schemas['CustomerPage'];
export type Event = Schemas['Event'];
export type EventPage = Schemas['EventPage'];
export type Delivery = Schemas['Delivery'];
export type DeliveryPage = Schemas['DeliveryPage'];
export type Message = Schemas['Message'];
export type MessagePage = Schemas['MessagePage'];
export type Connector = Schemas['Connector'];
export type ConnectorList = Schemas['ConnectorList'];
export type CheckResult = Schemas['CheckResult'];
export type Reconciliation = Schemas['Reconciliation'];
export type ProblemDocument = Schemas['Problem'];
export type RetriedMany = Schemas['RetriedMany'];
export type ReturnPage = Schemas['ReturnPage'];
export type ReturnEntry = ReturnPage['items'][number];
