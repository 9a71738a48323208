namespace Weir;

/// <summary>Windows that the time of a record alone decides.</summary>
[Deterministic]
public abstract record WindowKind : AnyWindows
{
    private protected WindowKind()
    {
    }
}
