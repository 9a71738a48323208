using Weir.Generators.Infrastructure;

namespace Weir.Generators.Types;

/// <summary>A type and everything it is made of, but for what is built in; or why that cannot be.</summary>
internal sealed record TypeClosureModel
{
    /// <summary>The type.</summary>
    public required TypeRefModel Root { get; init; }

    /// <summary>It and the types of its members, theirs and so on, each once; none if the root is built in.</summary>
    public required EquatableArray<TypeModel> Types { get; init; }

    /// <summary>The members that cannot be supported, in the order of their places, and then there are no types; none if all can.</summary>
    public required EquatableArray<TypeFailureModel> Failures { get; init; }

    /// <summary>The first of them; null if there is none.</summary>
    public TypeFailureModel? Failure => Failures.Count == 0 ? null : Failures[0];

    /// <summary>The model of the root itself; null if it is built in or has failed.</summary>
    public TypeModel? RootType => Types.FirstOrDefault(type => type.Name == Root.Name);
}

/// <summary>A member that no codec can be written for.</summary>
internal sealed record TypeFailureModel
{
    /// <summary>Where: <c>Order.Customer.Callback</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Its type: <c>System.Action</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Why, as the end of a sentence that begins with the type: <c>is a delegate</c>.</summary>
    public required string Reason { get; init; }

    public override string ToString() => $"{Path}: {Type} {Reason}";
}
