using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>Finds the members of a class or struct and the constructor that takes them back.</summary>
internal static class MemberParser
{
    /// <summary>
    /// Members are what can be read and be put back: public properties and fields that can be set, or that the constructor takes by name.
    /// What is only computed from others is none.
    /// </summary>
    public static MembersOfType Parse(INamedTypeSymbol type, Compilation compilation)
    {
        var candidates = Candidates(type, compilation);
        var constructor = type.InstanceConstructors
            .Where(method => compilation.IsSymbolAccessibleWithin(method, compilation.Assembly) && !IsCopy(method, type)
                && Fits(method, candidates))
            .OrderByDescending(static method => method.Parameters.Length)
            .FirstOrDefault();
        if (constructor is null)
        {
            return MembersOfType.Failed(
                "has no constructor that generated code can call with its members: name each parameter after a readable member of its "
                    + "type");
        }

        var taken = constructor.Parameters.Select(parameter => Match(parameter, candidates)!).ToArray();
        var members = candidates
            .Where(candidate => !candidate.IsIgnored && (candidate.IsSettable || taken.Contains(candidate)))
            .Select(static (candidate, index) => (candidate, index))
            .OrderBy(static item => item.candidate.Key)
            .ThenBy(static item => item.index)
            .Select(static item => item.candidate)
            .ToArray();
        if (candidates.FirstOrDefault(candidate => candidate.IsIgnored && candidate.IsRequired
            && !taken.Contains(candidate)) is { } missing)
        {
            return MembersOfType.Failed($"ignores '{missing.Symbol.Name}', which is required");
        }

        if (members.Length == 0 && type.Locations.All(static location => !location.IsInSource))
        {
            return MembersOfType.Failed("has no public members, and what else it may hold cannot be seen");
        }

        if (Lost(type, [.. members, .. taken]) is { } lost)
        {
            return MembersOfType.Failed(
                $"holds '{lost}', which would be lost: make it a public member that can be set, or mark it [IgnoreMember]");
        }

        // A constructor that does not promise [SetsRequiredMembers] leaves them to the initializer, even those it takes.
        var keepsRequired = TypeNames.Attribute(constructor, "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute") is null;
        var models = members.Select(member => new MemberModel
        {
            Name = member.Symbol.Name,
            Type = TypeNames.Reference(member.Type),
            Column = Said(member, Column),
            IsOptional = member.Type.NullableAnnotation == NullableAnnotation.Annotated
                || member.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T,
            IsAssigned = !taken.Contains(member) || (member.IsRequired && keepsRequired),
            Epoch = Said(member, Epoch),
        });
        var arguments = taken.Select(member => new ArgumentModel
        {
            Member = Array.IndexOf(members, member) is >= 0 and var index ? index : null,
        });
        return new MembersOfType([.. models], [.. members.Select(static member => member.Type)], [.. arguments], null);

        // What an attribute says of a member, or of the parameter that takes it.
        TSaid? Said<TSaid>(Candidate member, Func<ISymbol, TSaid?> attribute)
            where TSaid : class => attribute(member.Symbol) ?? taken
            .Zip(constructor.Parameters, (candidate, parameter) => candidate == member ? attribute(parameter) : null)
            .FirstOrDefault(static said => said is not null);
    }

    private static List<Candidate> Candidates(INamedTypeSymbol type, Compilation compilation)
    {
        var found = new List<Candidate>();
        foreach (var candidate in Lineage(type).SelectMany(static ancestor => ancestor.GetMembers())
            .Select(member => Candidate.Of(member, compilation)).OfType<Candidate>())
        {
            // An override or a member that hides another takes its place.
            var hidden = found.FindIndex(other => other.Symbol.Name == candidate.Symbol.Name);
            if (hidden >= 0)
            {
                found[hidden] = candidate;
            }
            else
            {
                found.Add(candidate);
            }
        }

        return found;
    }

    // State that is neither written nor marked as ignored: a restart would silently begin without it. Of referenced assemblies only public
    // fields are loaded.
    private static string? Lost(INamedTypeSymbol type, Candidate[] kept) => Lineage(type)
        .SelectMany(static ancestor => ancestor.GetMembers().OfType<IFieldSymbol>())
        .Where(static field => !field.IsStatic)
        .Select(static field => field.AssociatedSymbol ?? field)
        .FirstOrDefault(owner => !IsIgnored(owner) && !kept.Any(member => member.Symbol.Name == owner.Name))?.Name;

    private static Stack<INamedTypeSymbol> Lineage(INamedTypeSymbol type)
    {
        var lineage = new Stack<INamedTypeSymbol>();
        for (var ancestor = type; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            lineage.Push(ancestor);
        }

        return lineage;
    }

    private static bool IsIgnored(ISymbol member) =>
        TypeNames.Attribute(member, "MessagePack.IgnoreMemberAttribute") is not null
        || TypeNames.Attribute(member, "System.Runtime.Serialization.IgnoreDataMemberAttribute") is not null
        || TypeNames.Attribute(member, "System.NonSerializedAttribute") is not null;

    private static bool IsCopy(IMethodSymbol method, INamedTypeSymbol type) =>
        type.IsRecord && method.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, type);

    private static bool Fits(IMethodSymbol constructor, List<Candidate> candidates) =>
        constructor.Parameters.All(parameter => parameter.RefKind is RefKind.None or RefKind.In
            && Match(parameter, candidates) is not null);

    private static Candidate? Match(IParameterSymbol parameter, List<Candidate> candidates) => candidates.FirstOrDefault(candidate =>
        string.Equals(candidate.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(candidate.Type, parameter.Type));

    private static string? Column(ISymbol symbol) =>
        TypeNames.Attribute(symbol, "Weir.ColumnAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;

    private static EpochModel? Epoch(ISymbol symbol)
    {
        var unit = TypeNames.Attribute(symbol, "Weir.EpochAttribute")?.ConstructorArguments.FirstOrDefault();
        if (unit is not { Value: int number, Type: { } units })
        {
            return null;
        }

        var named = units.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, number));
        return new EpochModel { Unit = named?.Name, Number = number };
    }

    /// <summary>A property or field that can be read.</summary>
    private sealed record Candidate(ISymbol Symbol, ITypeSymbol Type, bool IsSettable, bool IsRequired)
    {
        /// <summary>The place that <c>[Key(n)]</c> gives it; behind all of those without one.</summary>
        public int Key => TypeNames.Attribute(Symbol, "MessagePack.KeyAttribute")?.ConstructorArguments.FirstOrDefault().Value as int?
            ?? int.MaxValue;

        public bool IsIgnored => MemberParser.IsIgnored(Symbol);

        public static Candidate? Of(ISymbol member, Compilation compilation) => member switch
        {
            { IsStatic: true } or { DeclaredAccessibility: not Accessibility.Public } => null,
            IPropertySymbol { IsIndexer: false, RefKind: RefKind.None, GetMethod.DeclaredAccessibility: Accessibility.Public } property =>
                new Candidate(
                property,
                property.Type,
                property.SetMethod is { } setter && compilation.IsSymbolAccessibleWithin(setter, compilation.Assembly),
                property.IsRequired),
            IFieldSymbol { IsImplicitlyDeclared: false, RefKind: RefKind.None } field =>
                new Candidate(field, field.Type, !field.IsReadOnly, field.IsRequired),
            _ => null,
        };
    }
}

/// <summary>The members of a type while symbols are still about.</summary>
internal sealed record MembersOfType(MemberModel[] Members, ITypeSymbol[] Types, ArgumentModel[] Arguments, string? Failure)
{
    public static MembersOfType Failed(string reason) => new([], [], [], reason);
}
