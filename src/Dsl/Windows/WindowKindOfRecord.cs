namespace Weir;

/// <summary>Windows that a record decides together with its time.</summary>
/// <typeparam name="T">The records.</typeparam>
[Deterministic]
public abstract record WindowKind<T> : AnyWindows
{
    private protected WindowKind()
    {
    }
}
