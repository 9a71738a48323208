using System.Diagnostics.CodeAnalysis;

namespace Weir.Graph;

/// <summary>Says of the records of one of two keyed streams which stream they are of; runs where the two come together.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TOut">The records of both.</typeparam>
internal sealed class ConnectStage<T, TOut> : RecordStage<T, TOut>
{
    private readonly Func<T, TOut> _mark;
    private Stage? _user;

    public ConnectStage(StageOutput<T> input, Func<T, TOut> mark)
        : base("Connect", input) => _mark = mark;

    internal override Stage? RunsWith => _user;

    internal override bool MayLeaveOut => false;

    public override bool TryApply(T value, [MaybeNullWhen(false)] out TOut made)
    {
        made = _mark(value);
        return true;
    }

    internal void RunWith(Stage user) => _user = user;
}
