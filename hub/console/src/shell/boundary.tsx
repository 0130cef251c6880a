import { Component, type ReactNode } from 'react';
import { useTexts } from '../texts';
import { Note } from '../ui/parts';

function Broken({ error }: { error: Error }) {
  const { t } = useTexts();
  return (
    <div className="page stack">
      <h1>{t.broken.title}</h1>
      <Note role="bad">
        <p>{t.broken.text}</p>
        <p className="small">{error.message}</p>
      </Note>
      <p>
        <a href={location.href}>{t.broken.reload}</a>
      </p>
    </div>
  );
}

/** A page that fails (or cannot be loaded after an upgrade) does not take the rest with it; another address is another try. */
type Props = { place: string; children: ReactNode };

export class Boundary extends Component<Props, { error: Error | null }> {
  override state = { error: null as Error | null };
  static getDerivedStateFromError(error: Error) {
    return { error };
  }
  override componentDidUpdate(before: Props) {
    if (before.place !== this.props.place && this.state.error) this.setState({ error: null });
  }
  override render() {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children;
  }
}
