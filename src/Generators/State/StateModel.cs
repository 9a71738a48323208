using Weir.Generators.Infrastructure;

namespace Weir.Generators.State;

/// <summary>What a project stores: its operators and the types of their state. The baseline is one of these, written down.</summary>
internal sealed record StateModel
{
    /// <summary>The operators, in ordinal order of their names.</summary>
    public required EquatableArray<OperatorStateModel> Operators { get; init; }

    /// <summary>The types, in ordinal order of their names.</summary>
    public required EquatableArray<StateTypeModel> Types { get; init; }
}

/// <summary>An operator with state.</summary>
internal sealed record OperatorStateModel
{
    /// <summary>The pipeline: <c>Shop.Sales.Define</c>.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Its id in the job: the user's own, or the verb and its ordinal.</summary>
    public required string Id { get; init; }

    /// <summary>The verb.</summary>
    public required string Verb { get; init; }

    /// <summary>Its states by name, with their types: <c>key</c>, <c>accumulator</c>.</summary>
    public required EquatableArray<StateMemberModel> States { get; init; }
}

/// <summary>A type whose members are stored.</summary>
internal sealed record StateTypeModel
{
    /// <summary>Its kind and its full name: <c>record Shop.Order</c>, <c>enum Shop.Tier</c>, <c>hierarchy Shop.Shape</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The names that it had before; none in a baseline.</summary>
    public required EquatableArray<string> FormerNames { get; init; }

    /// <summary>Its members with their types, in the order of the wire; names of an enum with their numbers.</summary>
    public required EquatableArray<StateMemberModel> Members { get; init; }
}

/// <summary>A member of a type, or a state of an operator.</summary>
internal sealed record StateMemberModel
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type, as <see cref="StateTypeNames"/> says it; the number of a name of an enum.</summary>
    public required string Type { get; init; }

    /// <summary>The names that it had before; none in a baseline.</summary>
    public required EquatableArray<string> FormerNames { get; init; }
}
