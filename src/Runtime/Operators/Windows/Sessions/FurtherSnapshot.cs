using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>Further sessions as they were at a barrier. In a checkpoint each is its key and itself, in its key's group.</summary>
internal sealed class FurtherSnapshot<TKey, TAcc>(
    (TKey Key, Session<TAcc> Session)[] all, Codec<TKey> keys, Codec<Session<TAcc>> sessions)
    : ItemsSnapshot<TKey, (TKey Key, Session<TAcc> Session)>(all, keys)
{
    public override bool IsLasting { get; } = all.Length == 0 || !RuntimeHelpers.IsReferenceOrContainsReferences<TAcc>();

    protected override TKey KeyOf(in (TKey Key, Session<TAcc> Session) item) => item.Key;

    protected override void Write(ref MessagePackWriter writer, in (TKey Key, Session<TAcc> Session) item)
    {
        Keys.Write(ref writer, item.Key);
        sessions.Write(ref writer, item.Session);
    }
}
