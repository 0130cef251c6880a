import { Link } from 'wouter';
import type { Order } from '../../api/types';
import { useTexts } from '../../texts';
import { Card, Copy } from '../../ui/parts';

type Address = Partial<Record<'name' | 'company' | 'line1' | 'line2' | 'postcode' | 'city' | 'state' | 'country', string>>;

const lines = (address: Address) =>
  [address.name, address.company, address.line1, address.line2, [address.postcode, address.city].filter(Boolean).join(' '), address.state, address.country].filter(Boolean);

function AddressLines({ title, address }: { title: string; address: Address }) {
  if (!lines(address).length) return null;
  return (
    <div>
      <div className="small quiet">{title}</div>
      <address style={{ fontStyle: 'normal' }}>{lines(address).slice(address.name ? 1 : 0).join(', ')}</address>
    </div>
  );
}

export function CustomerCard({ order }: { order: Order }) {
  const { t } = useTexts();
  const { customer } = order;
  const ship = (order.shipping_address ?? {}) as Address;
  const bill = (order.billing_address ?? {}) as Address;
  const same = lines(ship).join() === lines(bill).join();
  return (
    <Card
      id="customer"
      title={t.customer.title}
      aside={
        order.customer_id ? (
          <Link className="small" href={`/customers/${order.customer_id}`}>
            {t.customer.all}
          </Link>
        ) : undefined
      }
    >
      <div className="card-body stack tight">
        <div>
          <div className="strong wrap-any">{customer.name}</div>
          {customer.email && (
            <div className="wrap-any">
              {customer.email}
              <Copy text={customer.email} />
            </div>
          )}
          {customer.phone && <div className="digits">{customer.phone}</div>}
        </div>
        <AddressLines title={same ? t.customer.bothAddresses : t.customer.shipTo} address={ship} />
        {!same && <AddressLines title={t.customer.billTo} address={bill} />}
      </div>
    </Card>
  );
}
