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
        var candidates = MemberCandidate.Of(type, compilation);
        if (ConstructorOf(type, candidates, compilation) is not { } constructor)
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
        var given = ConstructorBody.Of(constructor, taken);
        var failures = Failures(type, candidates, members, taken, given).ToArray();
        if (failures.Length > 0)
        {
            // What the members are made of is looked at all the same: all that is wrong is told at once.
            return new MembersOfType(
                [], [.. members.Select(static member => member.Type)], [.. members.Select(static member => member.Symbol)], [], failures);
        }

        // A constructor that does not promise [SetsRequiredMembers] leaves them to the initializer, even those it takes.
        var keepsRequired = TypeNames.Attribute(constructor, "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute") is null;
        var models = members.Select(member =>
        {
            var parameter = Array.IndexOf(taken, member) is >= 0 and var position ? constructor.Parameters[position] : null;
            return new MemberModel
            {
                Name = member.Symbol.Name,
                Type = TypeNames.Reference(member.Type),
                FormerNames = MemberAttributes.FormerNames(member.Symbol, parameter),
                Begins = MemberDefault.Of(member, parameter),
                Codec = (Said(member.Symbol, parameter, MemberAttributes.Codec)) is { } codec ? TypeNames.Reference(codec).Name : null,
                Column = Said(member.Symbol, parameter, MemberAttributes.Column),
                IsOptional = member.Type.NullableAnnotation == NullableAnnotation.Annotated
                    || member.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T,
                IsAssigned = parameter is null || (member.IsRequired && keepsRequired)
                    || (member.IsSettable && !given.IsKept(member)),
                Epoch = Said(member.Symbol, parameter, MemberAttributes.Epoch),
            };
        });
        var arguments = taken.Select(member => new ArgumentModel
        {
            Member = Array.IndexOf(members, member) is >= 0 and var index ? index : null,
        });
        return new MembersOfType([.. models], [.. members.Select(static member => member.Type)],
            [.. members.Select(static member => member.Symbol)], [.. arguments], []);
    }

    private static IMethodSymbol? ConstructorOf(INamedTypeSymbol type, List<MemberCandidate> candidates, Compilation compilation)
    {
        var all = type.InstanceConstructors
            .Where(method => compilation.IsSymbolAccessibleWithin(method, compilation.Assembly) && !IsCopy(method, type)
                && !MemberAttributes.IsForbidden(method) && Fits(method, candidates))
            .OrderByDescending(static method => method.Parameters.Length)
            .ToArray();
        return all.FirstOrDefault(MemberAttributes.IsChosen) ?? all.FirstOrDefault();
    }

    private static IEnumerable<MemberFailure> Failures(
        INamedTypeSymbol type, List<MemberCandidate> candidates, MemberCandidate[] members, MemberCandidate[] taken, ConstructorBody given)
    {
        foreach (var missing in candidates.Where(candidate => candidate.IsIgnored && candidate.IsRequired && !taken.Contains(candidate)))
        {
            yield return new MemberFailure($"ignores '{missing.Symbol.Name}', which is required", missing.Symbol);
        }

        var forbidden = candidates.Where(candidate => !candidate.IsIgnored && candidate.IsForbidden(taken.Contains(candidate))).ToArray();
        foreach (var member in forbidden)
        {
            yield return new MemberFailure(
                $"holds '{member.Symbol.Name}', whose use is an error, as it is obsolete: "
                    + "mark it [MessagePack.IgnoreMember] if it may be lost",
                member.Symbol);
        }

        foreach (var changed in members.Where(member => !member.IsSettable && taken.Contains(member) && !given.IsKept(member)))
        {
            yield return new MemberFailure(
                $"makes '{changed.Symbol.Name}' of what its constructor is given, which would happen again at each restart: let the "
                    + "constructor keep its parameter as it is, or give the member an init accessor",
                changed.Symbol);
        }

        foreach (var (parameter, member) in given.Captured)
        {
            yield return new MemberFailure(
                $"keeps its constructor's parameter '{parameter}' beside '{member.Name}', in a field that nobody else sees: use "
                    + $"'{member.Name}' in place of '{parameter}' in its members",
                member);
        }

        foreach (var lost in FrameworkTypes.ArePlain(type) ? [] : Lost(type, [.. members, .. taken, .. forbidden]))
        {
            yield return new MemberFailure(
                candidates.Any(candidate => candidate.Symbol.Name == lost.Name && !candidate.IsOrOverrides(lost))
                    ? $"hides '{lost.Name}' of '{TypeNames.Label(lost.ContainingType)}', which would be lost: rename one of them, or mark "
                        + "the hidden one [MessagePack.IgnoreMember]"
                    : $"holds '{lost.Name}', which would be lost: make it a public member that can be set, "
                        + "or mark it [MessagePack.IgnoreMember]",
                lost);
        }
    }

    // State that is neither written nor marked as ignored: a restart would silently begin without it.
    private static IEnumerable<ISymbol> Lost(INamedTypeSymbol type, MemberCandidate[] kept) => MemberCandidate.Lineage(type)
        .SelectMany(static ancestor => ancestor.GetMembers())
        .Where(static member => !member.IsStatic && !MemberAttributes.IsIgnored(member))
        .Select(static member => member switch
        {
            // What a constructor's parameter has become is looked at where the constructor is.
            IFieldSymbol { AssociatedSymbol: IParameterSymbol } or IFieldSymbol { IsConst: true } => null,
            IFieldSymbol { IsImplicitlyDeclared: true, AssociatedSymbol: null } => null,
            IFieldSymbol field => field.AssociatedSymbol ?? field,
            IEventSymbol { IsAbstract: false, AddMethod.IsImplicitlyDeclared: true } => member,
            _ => null,
        })
        .OfType<ISymbol>()
        .Where(owner => !MemberAttributes.IsIgnored(owner) && !kept.Any(member => member.IsOrOverrides(owner)
            || (owner is IFieldSymbol field && member is { IsSettable: true, Symbol: IPropertySymbol property }
                && PlainProperty.IsOf(property, field))));

    private static bool IsCopy(IMethodSymbol method, INamedTypeSymbol type) =>
        type.IsRecord && method.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, type);

    private static bool Fits(IMethodSymbol constructor, List<MemberCandidate> candidates) =>
        constructor.Parameters.All(parameter => parameter.RefKind is RefKind.None or RefKind.In
            && Match(parameter, candidates) is not null);

    private static MemberCandidate? Match(IParameterSymbol parameter, List<MemberCandidate> candidates) =>
        candidates.FirstOrDefault(candidate => candidate.Symbol.Name == parameter.Name && IsOf(candidate, parameter))
        ?? candidates.FirstOrDefault(candidate =>
            string.Equals(candidate.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && IsOf(candidate, parameter));

    private static bool IsOf(MemberCandidate candidate, IParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals(candidate.Type, parameter.Type);

    // What an attribute says of a member, or of the parameter that takes it.
    private static TSaid? Said<TSaid>(ISymbol member, IParameterSymbol? parameter, Func<ISymbol, TSaid?> attribute)
        where TSaid : class => attribute(member) ?? (parameter is null ? null : attribute(parameter));
}

/// <summary>The members of a type while symbols are still about.</summary>
internal sealed record MembersOfType(
    MemberModel[] Members, ITypeSymbol[] Types, ISymbol[] Symbols, ArgumentModel[] Arguments, MemberFailure[] Failures)
{
    public static MembersOfType Failed(string reason) => new([], [], [], [], [new MemberFailure(reason, null)]);
}

/// <summary>Why a type cannot be put back.</summary>
/// <param name="Reason">Why, as the end of a sentence that begins with the type.</param>
/// <param name="At">The member that it is about; null for the type itself.</param>
internal sealed record MemberFailure(string Reason, ISymbol? At);
