using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>What is known of one unit of code by itself, whoever calls it.</summary>
internal sealed class Facts
{
    public List<Offence> Offences { get; } = [];

    public List<StateUse> States { get; } = [];

    public List<CallEdge> Calls { get; } = [];
}

/// <summary>A use of something that answers differently on replay.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Name">How the path ends.</param>
/// <param name="Cure">What to do about it.</param>
internal sealed record Offence(DiagnosticDescriptor Rule, Location At, string Name, string Cure);

/// <summary>A use of a variable that may outlive the call: whether it does depends on who calls.</summary>
/// <param name="Symbol">The local, parameter, field or property.</param>
/// <param name="Owner">The object that it belongs to, or the variable itself.</param>
/// <param name="Kind">What is done with it.</param>
/// <param name="At">Where.</param>
internal sealed record StateUse(ISymbol Symbol, Receiver Owner, StateUseKind Kind, Location At);

/// <summary>What is done with a variable.</summary>
internal enum StateUseKind
{
    /// <summary>Its value is read.</summary>
    Read,

    /// <summary>It is given another value.</summary>
    Write,

    /// <summary>The collection or object that it holds is changed.</summary>
    Change,

    /// <summary>It holds a random generator, and is used.</summary>
    Draw,
}

/// <summary>A call of other code of the solution.</summary>
/// <param name="Target">The code.</param>
/// <param name="Receiver">The object that it is called on.</param>
/// <param name="Arguments">What is handed to each parameter.</param>
internal sealed record CallEdge(CodeUnit Target, Receiver Receiver, IReadOnlyList<Receiver> Arguments);

/// <summary>Where an object comes from, as far as it matters for whether it outlives the call.</summary>
/// <param name="Kind">Where from.</param>
/// <param name="Parameter">Which parameter.</param>
/// <param name="Local">Which variable of an outer function.</param>
internal readonly record struct Receiver(ReceiverKind Kind, int Parameter = 0, ISymbol? Local = null)
{
    public static Receiver Fresh => new(ReceiverKind.Fresh);

    public static Receiver Shared => new(ReceiverKind.Shared);

    public static Receiver This => new(ReceiverKind.This);
}

/// <summary>Where an object comes from.</summary>
internal enum ReceiverKind
{
    /// <summary>Made in this call, or a record: nobody keeps it.</summary>
    Fresh,

    /// <summary>The object that the code belongs to.</summary>
    This,

    /// <summary>An argument.</summary>
    Parameter,

    /// <summary>A variable of the function around this one.</summary>
    Outer,

    /// <summary>Something static.</summary>
    Shared,
}
