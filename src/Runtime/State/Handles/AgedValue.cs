using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Handles;

/// <summary>A value for each key that expires.</summary>
/// <param name="access">Where it is kept with its time.</param>
/// <param name="expiry">Says when it has expired.</param>
/// <param name="create">What a value begins with; null for the default.</param>
internal sealed class AgedValue<T>(StateAccess<Aged<T>> access, Expiry expiry, Func<T>? create) : StateAccess<T>
{
    // What had expired and was returned: it is there for the rest of the turn, and gone from the table.
    private T _last = default!;
    private long _lastTurn = -1;

    public override string Name => access.Name;

    public override ref T Find()
    {
        ref var found = ref access.Find();
        if (Unsafe.IsNullRef(ref found))
        {
            return ref Last();
        }

        if (!expiry.IsOver(found.Time))
        {
            if (!expiry.IsUpdatedByReading)
            {
                return ref found.Value;
            }

            ref var read = ref access.Claim();
            read.Time = expiry.Now;
            return ref read.Value;
        }

        if (expiry.IsReturned)
        {
            (_last, _lastTurn) = (found.Value, expiry.Turn);
        }

        access.Remove();
        return ref Last();
    }

    public override ref T Claim()
    {
        ref var claimed = ref access.Claim();
        if (_lastTurn == expiry.Turn)
        {
            claimed.Value = _last;
            Forget();
        }
        else if (!expiry.IsReturned && expiry.IsOver(claimed.Time))
        {
            claimed.Value = create is null ? default! : create();
        }

        claimed.Time = expiry.Now;
        return ref claimed.Value;
    }

    public override bool Remove()
    {
        Forget();
        return access.Remove();
    }

    private ref T Last()
    {
        if (_lastTurn != expiry.Turn)
        {
            return ref Unsafe.NullRef<T>();
        }

        return ref _last;
    }

    private void Forget() => (_last, _lastTurn) = (default!, -1);
}
